<%@ page contentType="text/html; charset=UTF-8" session="false" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="title" value="Cart"/>
<%@ include file="header.jspf" %>
<h1>Cart</h1>
<c:if test="${not empty orderNumber}">
  <p class="note" role="status">Thank you. The number of your order is <strong id="order-number"><c:out value="${orderNumber}"/></strong>.</p>
</c:if>
<%-- Active only if the browser's URL contains /cart. The servlet of /cart forwards to this page. --%>
<k:active feature="cart-note">
  <p class="note" id="cart-note"><k:variable feature="cart-note" name="text"/></p>
</k:active>
<c:choose>
  <c:when test="${empty cart.products}">
    <p>There is nothing in it yet. <a href="${shop}/">Look around</a></p>
  </c:when>
  <c:otherwise>
    <div class="summary">
      <%@ include file="summary.jspf" %>
      <p class="choice">
        <a class="button" href="${shop}/checkout">Check out</a>
        <%-- Switched off at Kameleoon. A preview link of the status page shows it to one browser. --%>
        <k:active feature="one-click-order">
          <button form="one-click" id="one-click-order">Order at once</button>
        </k:active>
      </p>
      <form id="one-click" method="post" action="${shop}/cart"><input type="hidden" name="order" value="yes"></form>
    </div>
  </c:otherwise>
</c:choose>
<%@ include file="footer.jspf" %>
