package io.github.kameleoonservlet.wars;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Connection.KeyVal;
import org.jsoup.Jsoup;
import org.jsoup.helper.HttpConnection;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/** The links and the forms of an HTML page, in the order of the page. */
final class Page {

  private static final String BOUNDARY = "----kameleoonservlet";

  private final String target;
  private final Document document;

  Page(String target, Answer answer) {
    this.target = target;
    this.document = Jsoup.parse(answer.text());
  }

  /**
   * Returns the targets of all links and embedded files. The target of a link to elsewhere is
   * empty.
   */
  List<String> links() {
    return document
        .select("a[href], link[href], script[src], img[src], iframe[src], frame[src]")
        .stream()
        .map(e -> link(e.hasAttr("href") ? e.attr("href") : e.attr("src")))
        .toList();
  }

  int forms() {
    return document.select("form").size();
  }

  boolean asksForPassword() {
    return document.selectFirst("input[type=password]") != null;
  }

  /** Returns the request that a browser sends for this form, with a text in every empty field. */
  Request form(int index) {
    var form = (FormElement) document.select("form").get(index);
    return form(form, form.formData().stream().map(field -> filled(form, field)).toList());
  }

  /**
   * Returns the request that signs a user in by the form that has a password field.
   *
   * @param values the values of fields; fields that the form does not have are added, as a script
   *     of the page adds them
   */
  Request signIn(Map<String, String> values) {
    var form = (FormElement) document.select("form:has(input[type=password])").get(0);
    Map<String, String> left = new LinkedHashMap<>(values);
    List<KeyVal> fields = new ArrayList<>();
    for (KeyVal field : form.formData()) {
      String value = left.remove(field.key());
      fields.add(value == null ? field : field.value(value));
    }
    left.forEach((name, value) -> fields.add(HttpConnection.KeyVal.create(name, value)));
    return form(form, fields);
  }

  private Request form(FormElement form, List<KeyVal> fields) {
    String action = link(form.hasAttr("action") ? form.attr("action") : target);
    if (!form.attr("method").equalsIgnoreCase("post")) {
      return Request.page(action.split("\\?", 2)[0] + "?" + encoded(fields));
    }
    if (form.attr("enctype").equalsIgnoreCase("multipart/form-data")) {
      String body =
          fields.stream().map(Page::part).collect(Collectors.joining())
              + "--"
              + BOUNDARY
              + "--\r\n";
      return Request.form(action, "multipart/form-data; boundary=" + BOUNDARY, bytes(body));
    }
    return Request.form(action, "application/x-www-form-urlencoded", bytes(encoded(fields)));
  }

  private static KeyVal filled(FormElement form, KeyVal field) {
    boolean text =
        form.getElementsByAttributeValue("name", field.key())
            .is("input[type=text], input:not([type]), textarea");
    return text && field.value().isEmpty() ? field.value("7") : field;
  }

  private static String part(KeyVal field) {
    return "--"
        + BOUNDARY
        + "\r\nContent-Disposition: form-data; name=\""
        + field.key()
        + "\"\r\n\r\n"
        + field.value()
        + "\r\n";
  }

  private static String encoded(List<KeyVal> fields) {
    return fields.stream()
        .map(f -> encoded(f.key()) + "=" + encoded(f.value()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private String link(String href) {
    int fragment = href.indexOf('#');
    String link = fragment < 0 ? href : href.substring(0, fragment);
    Element base = document.selectFirst("base[href]");
    String from = base == null ? target : Links.target(base.attr("href"), target);
    return href.startsWith("#") ? target : Links.target(link, from);
  }
}
