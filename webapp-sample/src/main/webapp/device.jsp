<%@ page contentType="text/html; charset=UTF-8" session="false" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="title" value="An app"/>
<%@ include file="WEB-INF/jsp/header.jspf" %>

<h1>An app</h1>
<p>This page does what a phone app does: it asks the shop for the visitor code and for variations, in
  JSON. Open it in another browser, sign in as the same user there, and both get the same answers.
  <c:choose>
    <c:when test="${empty kameleoonVisitor.userId}">
      No user is signed in here: <a href="${shop}/login">sign in</a>.
    </c:when>
    <c:otherwise>
      Signed in here: <strong><c:out value="${kameleoonVisitor.userId}"/></strong>.
    </c:otherwise>
  </c:choose>
</p>

<div class="device">
  <div class="calls">
    <section class="facts">
      <h2>Which code am I?</h2>
      <button type="button" data-call="code">Ask the backend</button>
    </section>
    <section class="facts">
      <h2>The app had a code before</h2>
      <div class="ask">
        <label for="own-code">Its own code</label>
        <input id="own-code" value="phone-0001" autocapitalize="none" spellcheck="false">
        <button type="button" data-call="sync">Synchronize</button>
      </div>
    </section>
    <section class="facts">
      <h2>Let the server decide</h2>
      <div class="ask">
        <label for="device-feature">Feature key</label>
        <input id="device-feature" value="spring-offer" autocapitalize="none" spellcheck="false">
        <button type="button" data-call="variation">Decide</button>
        <label class="check">
          <input type="checkbox" id="device-track"> The server tracks the exposure
        </label>
      </div>
    </section>
    <section class="facts">
      <h2>Afterwards</h2>
      <p class="choice">
        <button type="button" data-call="conversion">Send a conversion</button>
        <button type="button" data-call="erase">Erase my code</button>
      </p>
    </section>
  </div>
  <section class="facts answer" aria-live="polite">
    <h2>The answer</h2>
    <pre id="device-request">Press a button.</pre>
    <p>Status <strong id="device-status">–</strong></p>
    <pre id="device-answer"></pre>
  </section>
</div>
<script type="module" src="${pageContext.request.contextPath}/js/device.js"></script>
<%@ include file="WEB-INF/jsp/footer.jspf" %>
