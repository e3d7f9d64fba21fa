<%@ page contentType="text/html; charset=UTF-8" session="false" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="title" value="${product.name}"/>
<%@ include file="header.jspf" %>
<c:set var="discount" value="${kameleoonVariations['spring-offer'].variables.discountPercent}"/>

<article class="product">
  <img src="${shop}/img/${product.id}.svg" alt="<c:out value='${product.pictureText}'/>" width="400" height="300">
  <div>
    <h1><c:out value="${product.name}"/></h1>
    <p class="lead"><c:out value="${product.description}"/></p>
    <p><c:out value="${product.story}"/></p>
    <p class="price">
      <c:if test="${discount gt 0}"><s><span class="unseen">Before: </span><c:out value="${product.priceAfter(0)}"/></s></c:if>
      <strong id="product-price"><c:out value="${product.priceAfter(discount)}"/></strong>
    </p>
    <k:active feature="free-shipping">
      <p class="quiet">Free shipping from € 25.00</p>
    </k:active>
    <form method="post" action="${shop}/cart">
      <input type="hidden" name="product" value="<c:out value='${product.id}'/>">
      <button>Add to cart</button>
    </form>
    <p><a href="${shop}/">All products</a></p>
  </div>
</article>
<%@ include file="footer.jspf" %>
