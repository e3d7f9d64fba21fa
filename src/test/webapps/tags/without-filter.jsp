<%@ include file="/WEB-INF/tags.jspf" %>
