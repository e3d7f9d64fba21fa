<%@ page contentType="text/html; charset=UTF-8" %>
<%@ page import="java.sql.*, javax.naming.InitialContext, javax.sql.DataSource" %>
<%
  if (request.getParameter("user") != null) {
    session.setAttribute("user", request.getParameter("user"));
  }
  DataSource own = (DataSource) new InitialContext().lookup("java:comp/env/jdbc/visitors");
  try (Connection connection = own.getConnection();
      PreparedStatement count =
          connection.prepareStatement(
              "select count(*) from kameleoon_visitor_code where code = ?")) {
    count.setString(1, (String) request.getAttribute("kameleoonVisitorCode"));
    try (ResultSet rows = count.executeQuery()) {
      rows.next();
      pageContext.setAttribute("rows", rows.getInt(1));
    }
  } catch (SQLException e) {
    pageContext.setAttribute("rows", "the table is not there yet");
  }
%>
<p id="visitor-code">${kameleoonVisitor.code}</p>
<p id="visitor-outcome">${kameleoonVisitor.outcome}</p>
<p id="visitor-user">${empty kameleoonVisitor.userId ? 'anonymous' : kameleoonVisitor.userId}</p>
<p id="rows">${rows}</p>
