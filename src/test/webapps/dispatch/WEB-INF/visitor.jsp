<%@ page contentType="text/html; charset=UTF-8" session="false" isErrorPage="true" %>
<p id="dispatch">${pageContext.request.dispatcherType}</p>
<p id="before-code">${requestScope.before}</p>
<p id="visitor-code">${kameleoonVisitor.code}</p>
<p id="attribute-code">${kameleoonVisitorCode}</p>
<p id="visitor-outcome">${kameleoonVisitor.outcome}</p>
<p id="visitor-user">${empty kameleoonVisitor.userId ? 'anonymous' : kameleoonVisitor.userId}</p>
<p id="variation-key">${kameleoonVariations['free-shipping'].key}</p>
<p id="asked-url">${kameleoonVisitor.explain('asked-url').rules[0].conditions[0].found}</p>
<p id="asked-key">${kameleoonVariations['asked-url'].key}</p>
<p id="server">${pageContext.servletContext.serverInfo}</p>
