<%@ page session="false" %>
<%
  request.setAttribute("before", request.getAttribute("kameleoonVisitorCode"));
  if (true) {
    throw new IllegalStateException("planted");
  }
%>
