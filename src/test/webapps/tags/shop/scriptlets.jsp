<%@ page contentType="text/html; charset=UTF-8" pageEncoding="UTF-8" session="false" %>
<%@ taglib prefix="k" uri="https://kameleoonservlet.github.io/tags" %>
<%-- Scriptlets as in a page of the year 2005. --%>
<% String[] features = {"free-shipping", null, "one-click-order", "free-shipping"}; %>
<p id="variation"><k:variation feature="free-shipping" key="on"><% String shown = "free"; %><%= shown %></k:variation></p>
<p id="active"><k:active feature="free-shipping"><% for (int i = 0; i < 3; i++) { %><%= i %><% } %></k:active></p>
<p id="nested"><k:active feature="free-shipping">outer<k:active feature="one-click-order"> no<%= 1 %></k:active><k:variation feature="free-shipping" key="on"> inner<%= 2 %><k:active feature="free-shipping"> most</k:active></k:variation></k:active></p>
<p id="loop"><% for (String feature : features) { %>[<k:active feature="<%= feature %>"><%= feature %></k:active>]<% } %></p>
<p id="keys"><% for (String key : new String[] {"on", null, "off", "on"}) { %>[<k:variation feature="free-shipping" key="<%= key %>"><%= key %></k:variation>]<% } %></p>
<p id="thrown"><% for (int i = 0; i < 3; i++) { try { %>[<k:active feature="free-shipping"><% if (i == 1) throw new IllegalStateException(); %><%= i %></k:active>]<% } catch (IllegalStateException e) { %>caught]<% } } %></p>
<p id="continued"><% for (int i = 0; i < 3; i++) { %>[<k:variation feature="free-shipping" key="on"><% if (i == 1) continue; %><%= i %></k:variation>]<% } %></p>
<p id="after"><k:active feature="free-shipping">still</k:active></p>
<k:active feature="free-shipping"><% if (request.getParameter("end") != null) return; %></k:active>
<p id="end">the end</p>
