package io.github.kameleoonservlet.jsp;

import io.github.kameleoonservlet.Visitor;
import jakarta.servlet.jsp.JspException;
import jakarta.servlet.jsp.JspWriter;
import jakarta.servlet.jsp.tagext.JspFragment;
import jakarta.servlet.jsp.tagext.SimpleTagSupport;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.io.Writer;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockPageContext;

/** A page that a server has begun to answer. */
final class TestPage {

  final MockPageContext context = new MockPageContext();

  /** A page for a visitor; null when the filter is not there. */
  TestPage(Visitor visitor) {
    context.getResponse().setCharacterEncoding("UTF-8");
    context.getRequest().setAttribute(Visitor.ATTRIBUTE, visitor);
  }

  /** What the page shows after a tag without a body. */
  String show(SimpleTagSupport tag) throws JspException, IOException {
    tag.setJspContext(context);
    tag.doTag();
    return text();
  }

  /** What the page shows after a tag around a body. */
  String show(SimpleTagSupport tag, Body body) throws JspException, IOException {
    tag.setJspBody(new Fragment(context, body));
    return show(tag);
  }

  String text() throws UnsupportedEncodingException, IOException {
    context.getOut().flush();
    return ((MockHttpServletResponse) context.getResponse()).getContentAsString();
  }

  /** What an application puts between a tag's start and end. */
  @FunctionalInterface
  interface Body {
    void write(JspWriter out) throws JspException, IOException;
  }

  /** What a server makes of a body. */
  private static final class Fragment extends JspFragment {
    private final MockPageContext context;
    private final Body body;

    Fragment(MockPageContext context, Body body) {
      this.context = context;
      this.body = body;
    }

    @Override
    public void invoke(Writer out) throws JspException, IOException {
      body.write(context.getOut());
    }

    @Override
    public MockPageContext getJspContext() {
      return context;
    }
  }
}
