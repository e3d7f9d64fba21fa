<%@ page session="false" %>
<%
  request.setAttribute("before", request.getAttribute("kameleoonVisitorCode"));
  response.sendError(409);
%>
