<%@ page contentType="text/html; charset=UTF-8" session="false" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="title" value="What was sent"/>
<%@ include file="WEB-INF/jsp/header.jspf" %>
<h1>What the SDK would have sent</h1>
<c:choose>
  <c:when test="${empty kameleoonSentLines}">
    <p>This shop is connected to the platform: the lines were really sent.</p>
  </c:when>
  <c:otherwise>
    <p>This shop decides from a file and sends nothing. These lines would have gone out, the last
      one first; a line appears a second after its event.</p>
    <ol class="lines" id="sent-lines" reversed>
      <c:set var="lines" value="${kameleoonSentLines.get()}"/>
      <c:forEach begin="1" end="${lines.size()}" varStatus="status">
        <li><code><c:out value="${lines[lines.size() - status.count]}"/></code></li>
      </c:forEach>
    </ol>
  </c:otherwise>
</c:choose>
<%@ include file="WEB-INF/jsp/footer.jspf" %>
