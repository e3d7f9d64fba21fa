<%@ page contentType="text/html; charset=UTF-8" session="false" %>
<% request.setAttribute("before", request.getAttribute("kameleoonVisitorCode")); %>
<jsp:include page="/WEB-INF/visitor.jsp"/>
