<%@ page contentType="text/plain; charset=UTF-8" session="false"
    import="io.github.kameleoonservlet.VisitorService" %><%
VisitorService service = (VisitorService) application.getAttribute(VisitorService.ATTRIBUTE);
%><%= service.previewLink(
    request.getParameter("page"),
    request.getParameter("feature"),
    request.getParameter("variation"),
    null) %>