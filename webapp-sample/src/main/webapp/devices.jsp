<%@ page contentType="text/html; charset=UTF-8" session="false" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="title" value="Two devices"/>
<%@ include file="WEB-INF/jsp/header.jspf" %>

<%-- Two hosts are two browsers: each has its own cookies. They belong to one site, the one of this
     page; otherwise a frame would get no cookie with SameSite=Lax. --%>
<c:set var="site" value="shop.localhost"/>
<c:set var="port" value=":${pageContext.request.serverPort}${shop}"/>

<h1>Two devices</h1>
<c:choose>
  <c:when test="${pageContext.request.serverName == site}">
    <p>A laptop and a phone of one person. Each has its own cookies, so each begins with its own
      visitor code. Sign both in as <code>user-1</code>, and both have one code.</p>
    <p class="verdict" id="verdict" role="status">Each device shows its code in its upper line.</p>
    <div class="pair">
      <c:forEach var="device" items="laptop,phone">
        <section class="screen ${device}" aria-labelledby="${device}-title">
          <h2 id="${device}-title">${device == 'laptop' ? 'Laptop' : 'Phone'}</h2>
          <div class="choice">
            <form method="post" action="http://${device}.${site}${port}/login" target="${device}">
              <input type="hidden" name="user" value="user-1">
              <input type="hidden" name="password" value="demo">
              <button>Sign in as user-1<span class="unseen"> on the ${device}</span></button>
            </form>
            <form method="post" action="http://${device}.${site}${port}/logout" target="${device}">
              <button class="second">Sign out<span class="unseen"> on the ${device}</span></button>
            </form>
          </div>
          <iframe name="${device}" title="The shop on the ${device}" src="http://${device}.${site}${port}/"></iframe>
        </section>
      </c:forEach>
    </div>
    <p class="quiet">This page is a third host, with its own cookies and its own code. Below is its own way.</p>
    <script type="module" src="${shop}/js/devices.js"></script>
  </c:when>
  <c:otherwise>
    <p>This page shows the shop on a laptop and on a phone, side by side. Both need cookies of their
      own, so the page needs other names of this computer:</p>
    <p><a class="button" id="two-devices" href="http://${site}${port}/devices.jsp">Open the page on ${site}</a></p>
  </c:otherwise>
</c:choose>
<details>
  <summary>The names do not work in my browser</summary>
  <p>Chromium, Chrome, Edge and Firefox send every name below <code>localhost</code> to this computer.
    For Safari, add one line to <code>/etc/hosts</code>, or use two browsers side by side:</p>
  <pre>127.0.0.1 shop.localhost laptop.shop.localhost phone.shop.localhost</pre>
</details>
<%@ include file="WEB-INF/jsp/footer.jspf" %>
