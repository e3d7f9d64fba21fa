<%@ page pageEncoding="UTF-8" trimDirectiveWhitespaces="true" session="false" import="jakarta.servlet.http.HttpServletResponse" %>
<%
// By reflection, because these pages also run on Servlet 6.0.
String as = request.getParameter("as");
try {
  if (as.equals("status")) {
    HttpServletResponse.class.getMethod("sendRedirect", String.class, int.class)
        .invoke(response, "visitor.jsp", 303);
  } else if (as.equals("buffer")) {
    HttpServletResponse.class.getMethod("sendRedirect", String.class, boolean.class)
        .invoke(response, "visitor.jsp", false);
  } else if (as.equals("both")) {
    HttpServletResponse.class.getMethod("sendRedirect", String.class, int.class, boolean.class)
        .invoke(response, "visitor.jsp", 307, true);
  } else {
    response.sendRedirect("visitor.jsp");
  }
} catch (NoSuchMethodException e) {
  response.sendRedirect("visitor.jsp");
}
%>
