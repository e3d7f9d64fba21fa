<%@ page contentType="text/html; charset=UTF-8" session="false" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="title" value="Cart"/>
<%@ include file="header.jspf" %>
<h1>Cart</h1>
<c:if test="${not empty orderNumber}">
  <p>Thank you. The number of your order is <strong id="order-number"><c:out value="${orderNumber}"/></strong>.</p>
</c:if>
<%-- Active only if the browser's URL contains /cart. The servlet of /cart forwards to this page. --%>
<k:active feature="cart-note">
  <p class="note" id="cart-note"><k:variable feature="cart-note" name="text"/></p>
</k:active>
<c:choose>
  <c:when test="${empty products}">
    <p>There is nothing in it yet. <a href="${pageContext.request.contextPath}/">Look around</a></p>
  </c:when>
  <c:otherwise>
    <table>
      <tbody>
        <c:forEach var="product" items="${products}">
          <tr>
            <td><c:out value="${product.name}"/></td>
            <td><c:out value="${product.priceAfter(kameleoonVariations['spring-offer'].variables.discountPercent)}"/></td>
          </tr>
        </c:forEach>
      </tbody>
      <tfoot>
        <tr><td>Goods</td><td id="cart-goods"><c:out value="${goods}"/></td></tr>
        <tr><td>Shipping</td><td id="cart-shipping"><c:out value="${shipping}"/></td></tr>
        <tr><th scope="row">Total</th><td id="cart-total"><strong><c:out value="${total}"/></strong></td></tr>
      </tfoot>
    </table>
    <form method="post" action="${pageContext.request.contextPath}/cart">
      <button name="order" value="yes">Order</button>
    </form>
  </c:otherwise>
</c:choose>
<p class="quiet">Visitor <code id="visitor-code"><c:out value="${kameleoonVisitor.outcome.requestOnly ? 'none' : kameleoonVisitor.code}"/></code></p>
<%@ include file="footer.jspf" %>
