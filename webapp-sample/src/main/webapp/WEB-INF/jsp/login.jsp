<%@ page contentType="text/html; charset=UTF-8" session="false" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="title" value="Sign in"/>
<%@ include file="header.jspf" %>
<h1>Sign in</h1>
<c:if test="${loginFailed}">
  <p class="message" id="login-message" role="alert">
    That did not work. A user is made of a–z, 0–9, dots and hyphens; the password is always “demo”.
  </p>
</c:if>
<form class="login" method="post" action="${pageContext.request.contextPath}/login">
  <label for="user">User</label>
  <input id="user" name="user" autocomplete="username" autocapitalize="none" maxlength="64"
         pattern="[a-z0-9.\-]{1,64}" placeholder="user-1" required>
  <label for="password">Password</label>
  <input id="password" name="password" type="password" autocomplete="current-password"
         placeholder="demo" required>
  <button>Sign in</button>
</form>
<%@ include file="footer.jspf" %>
