<%@ page contentType="text/html; charset=UTF-8" session="false" %>
<%
  request.setAttribute("before", request.getRemoteUser());
  request.logout();
%>
<jsp:forward page="/WEB-INF/visitor.jsp"/>
