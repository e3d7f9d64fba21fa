<%@ page contentType="text/html; charset=UTF-8" session="false" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="title" value="Orders"/>
<%@ include file="header.jspf" %>
<h1>Orders</h1>
<c:if test="${not empty orderNumber}">
  <p class="note" role="status">Thank you. The number of your order is <strong id="order-number"><c:out value="${orderNumber}"/></strong>.
    <c:if test="${empty kameleoonVisitor.preview}">For Kameleoon the order is a conversion of goal 301.</c:if></p>
</c:if>
<c:choose>
  <c:when test="${empty orders}">
    <p>There are no orders of this browser. <a href="${shop}/">Look around</a></p>
  </c:when>
  <c:otherwise>
    <ul class="orders">
      <c:forEach var="order" items="${orders}">
        <li>
          <h2>Order <c:out value="${order.number}"/></h2>
          <p class="quiet">
            <c:if test="${not empty order.time}"><time datetime="${order.timestamp}"><c:out value="${order.time}"/> UTC</time></c:if>
          </p>
          <p><c:out value="${order.goods}"/></p>
          <p><strong><c:out value="${order.total}"/></strong></p>
          <dl class="quiet">
            <dt>Checkout</dt>
            <dd><c:out value="${empty order.checkout ? 'unknown' : order.checkout}"/></dd>
            <dt>User</dt>
            <dd><c:out value="${empty order.customer ? 'none' : order.customer}"/></dd>
          </dl>
        </li>
      </c:forEach>
    </ul>
  </c:otherwise>
</c:choose>
<%@ include file="footer.jspf" %>
