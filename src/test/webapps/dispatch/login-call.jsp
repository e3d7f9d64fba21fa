<%@ page session="false" %>
<%
  request.setAttribute("before", request.getAttribute("kameleoonVisitorCode"));
  request.login(request.getParameter("user"), "demo");
%>
<jsp:forward page="/WEB-INF/visitor.jsp"/>
