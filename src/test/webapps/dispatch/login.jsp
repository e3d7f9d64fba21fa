<%@ page contentType="text/html; charset=UTF-8" session="false" %>
<form method="post" action="j_security_check">
  <input name="j_username"><input name="j_password" type="password"><button>Sign in</button>
</form>
<jsp:include page="/WEB-INF/visitor.jsp"/>
