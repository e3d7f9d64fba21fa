<%@ page contentType="text/html; charset=UTF-8" session="false" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="shop" uri="urn:fern-and-kettle:shop" %>
<c:set var="title" value="One feature"/>
<%@ include file="WEB-INF/jsp/header.jspf" %>

<c:set var="key" value="${empty param.key ? '' : param.key}"/>
<c:set var="variation" value="${kameleoonVariations[key]}"/>

<h1>One feature</h1>
<form class="ask" action="feature.jsp">
  <label for="key">Feature key</label>
  <input id="key" name="key" value="<c:out value='${key}'/>" autocapitalize="none" spellcheck="false">
  <button>Decide</button>
</form>
<p class="examples">
  In the shop's own data file:
  <a href="feature.jsp?key=spring-offer">spring-offer</a>
  <a href="feature.jsp?key=free-shipping">free-shipping</a>
  <a href="feature.jsp?key=gift-wrapping">gift-wrapping</a>
  <a href="feature.jsp?key=one-click-order">one-click-order</a>
  <a href="feature.jsp?key=phone-banner">phone-banner</a>
  <a href="feature.jsp?key=cart-note">cart-note</a>
  <a href="feature.jsp?key=welcome-gift">welcome-gift</a>
  <a href="feature.jsp?key=checkout-layout">checkout-layout</a>
</p>

<section class="facts" aria-label="The decision">
  <dl>
    <dt>Variation</dt>
    <dd id="variation-key"><c:out value="${variation.key}"/></dd>
    <dt>Reason</dt>
    <dd id="variation-reason"><c:out value="${variation.reason}"/></dd>
    <dt>Active</dt>
    <dd id="variation-active">
      <k:active feature="${key}">yes</k:active><k:variation feature="${key}" key="off">no</k:variation>
    </dd>
    <dt>Variables</dt>
    <dd><pre id="variation-variables"><c:out value="${shop:json(variation.variables)}"/></pre></dd>
    <dt>Why</dt>
    <dd id="variation-why"><k:explain feature="${key}"/></dd>
  </dl>
</section>
<%@ include file="WEB-INF/jsp/footer.jspf" %>
