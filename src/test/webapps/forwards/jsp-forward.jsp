<%@ page session="false" %><jsp:forward page="/plain.html"/>
