<%@ page contentType="text/html; charset=UTF-8" session="false" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="title" value="Checkout"/>
<%@ include file="header.jspf" %>
<h1>Checkout</h1>
<%@ include file="checkout-message.jspf" %>
<form class="checkout one-page" id="checkout-one-page" method="post" action="${shop}/checkout">
  <div class="ask-all">
    <%@ include file="checkout-address.jspf" %>
    <%@ include file="checkout-delivery.jspf" %>
  </div>
  <section class="summary" aria-labelledby="summary-title">
    <h2 id="summary-title">Your order</h2>
    <%@ include file="summary.jspf" %>
    <button name="order" value="yes">Place the order</button>
  </section>
</form>
<%@ include file="footer.jspf" %>
