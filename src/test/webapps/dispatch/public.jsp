<%@ page contentType="text/html; charset=UTF-8" session="false" %>
<%
  response.setHeader("Cache-Control", "public, max-age=60, s-maxage=600");
  response.addHeader("Set-Cookie", "kameleoonVisitorCode=of-the-application; Path=/");
  response.addCookie(new jakarta.servlet.http.Cookie("kameleoonVisitorCode", "of-the-application"));
%>
<jsp:include page="/WEB-INF/visitor.jsp"/>
