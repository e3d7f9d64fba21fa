<%@ page contentType="text/html; charset=UTF-8" session="false" isErrorPage="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="title" value="Something is missing"/>
<%@ include file="header.jspf" %>
<h1>Something is missing</h1>
<p>
  The shop has no answer to that (status
  <c:out value="${requestScope['jakarta.servlet.error.status_code']}"/>).
  <a href="${pageContext.request.contextPath}/">Back to the tea</a>
</p>
<%@ include file="footer.jspf" %>
