<%@ page session="false" %>
<jsp:include page="/WEB-INF/visitor.jsp"/>
