<%@ page contentType="text/html; charset=UTF-8" session="false" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="title" value="Checkout, step ${step} of 3"/>
<%@ include file="header.jspf" %>
<h1>Checkout</h1>
<nav aria-label="Steps of the checkout">
  <ol class="progress">
    <c:forTokens var="name" items="Address,Delivery,Your order" delims="," varStatus="status">
      <c:choose>
        <c:when test="${status.count lt step}"><li><a href="checkout?step=${status.count}">${name}</a></li></c:when>
        <c:when test="${status.count == step}"><li aria-current="step">${name}</li></c:when>
        <c:otherwise><li>${name}</li></c:otherwise>
      </c:choose>
    </c:forTokens>
  </ol>
</nav>
<%@ include file="checkout-message.jspf" %>
<form class="checkout steps" id="checkout-steps" method="post" action="${shop}/checkout">
  <input type="hidden" name="step" value="${step}">
  <c:choose>
    <c:when test="${step == 1}">
      <%@ include file="checkout-address.jspf" %>
      <button>Continue to the delivery</button>
    </c:when>
    <c:when test="${step == 2}">
      <%@ include file="checkout-delivery.jspf" %>
      <button>Continue to your order</button>
    </c:when>
    <c:otherwise>
      <section class="summary" aria-labelledby="summary-title">
        <h2 id="summary-title">Your order</h2>
        <p><c:out value="${checkout.name}"/>, <c:out value="${checkout.street}"/>, <c:out value="${checkout.town}"/>.
          ${checkout.delivery == 'evening' ? 'By bicycle, this evening.' : 'By post, in two days.'}</p>
        <%@ include file="summary.jspf" %>
        <button name="order" value="yes">Place the order</button>
      </section>
    </c:otherwise>
  </c:choose>
</form>
<%@ include file="footer.jspf" %>
