<%@ page session="false" %>
<%
  request.setAttribute("before", request.getAttribute("kameleoonVisitorCode"));
  response.reset();
%>
<jsp:forward page="/WEB-INF/visitor.jsp"/>
