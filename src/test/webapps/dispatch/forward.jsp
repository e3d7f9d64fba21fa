<%@ page session="false" %>
<% request.setAttribute("before", request.getAttribute("kameleoonVisitorCode")); %>
<jsp:forward page="/WEB-INF/visitor.jsp"/>
