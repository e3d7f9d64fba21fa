<%@ page contentType="text/html; charset=UTF-8" session="false" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<jsp:useBean id="catalogue" class="io.github.kameleoonservlet.sample.Catalogue" scope="application"/>
<c:set var="title" value="Tea and teaware"/>
<%@ include file="WEB-INF/jsp/header.jspf" %>

<%-- The first read of the 50/50 test decides the variation and tracks the exposure. The tags below
     get the same variation. --%>
<c:set var="offer" value="${kameleoonVariations['spring-offer']}"/>
<c:set var="discount" value="${offer.variables.discountPercent}"/>

<%-- Segments limit these two features to phones, and to users who are not signed in. --%>
<k:active feature="phone-banner">
  <p class="note" id="phone-banner"><k:variable feature="phone-banner" name="text"/></p>
</k:active>
<k:active feature="welcome-gift">
  <p class="note" id="welcome-gift"><k:variable feature="welcome-gift" name="text"/></p>
</k:active>

<k:active feature="spring-offer">
  <section class="banner <c:out value='${offer.variables.layout.tone}'/>" id="banner" aria-label="Offer">
    <c:if test="${not empty offer.variables.layout.badge}">
      <p class="badge"><c:out value="${offer.variables.layout.badge.text}"/></p>
    </c:if>
    <h1><k:variable feature="spring-offer" name="title"/></h1>
    <ul>
      <c:forEach var="highlight" items="${offer.variables.layout.highlights}">
        <li><c:out value="${highlight}"/></li>
      </c:forEach>
      <c:if test="${offer.variables.freeSample}">
        <li>A free sample with every order</li>
      </c:if>
      <k:variation feature="spring-offer" key="treatment">
        <li>Until Sunday, in this shop only</li>
      </k:variation>
    </ul>
  </section>
</k:active>
<k:variation feature="spring-offer" key="off">
  <h1>Tea and teaware</h1>
</k:variation>

<section class="products" aria-label="Products">
  <c:forEach var="product" items="${catalogue.products}">
    <article>
      <a class="picture" href="${shop}/product?id=${product.id}" tabindex="-1" aria-hidden="true">
        <img src="${shop}/img/${product.id}.svg" alt="" width="400" height="300">
      </a>
      <h2><a href="${shop}/product?id=${product.id}"><c:out value="${product.name}"/></a></h2>
      <p><c:out value="${product.description}"/></p>
      <p class="price">
        <c:if test="${discount gt 0}"><s><span class="unseen">Before: </span><c:out value="${product.priceAfter(0)}"/></s></c:if>
        <strong><c:out value="${product.priceAfter(discount)}"/></strong>
      </p>
      <form method="post" action="${shop}/cart">
        <input type="hidden" name="product" value="<c:out value='${product.id}'/>">
        <button>Add to cart<span class="unseen">: <c:out value="${product.name}"/></span></button>
      </form>
    </article>
  </c:forEach>
</section>

<section class="facts offers" aria-label="Offers for this visitor">
  <dl>
    <dt>Spring offer</dt>
    <dd id="spring-offer"><c:out value="${offer.key}"/></dd>
    <dt>Free shipping</dt>
    <dd id="free-shipping"><c:out value="${kameleoonVariations['free-shipping'].key}"/></dd>
  </dl>
</section>
<%@ include file="WEB-INF/jsp/footer.jspf" %>
