<%@ page contentType="text/html; charset=UTF-8" session="false" %>
<p>Grüße</p>
