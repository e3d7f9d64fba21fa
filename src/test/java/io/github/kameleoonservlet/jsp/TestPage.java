package io.github.kameleoonservlet.jsp;

import io.github.kameleoonservlet.Visitor;
import jakarta.servlet.jsp.JspException;
import jakarta.servlet.jsp.JspWriter;
import jakarta.servlet.jsp.tagext.IterationTag;
import jakarta.servlet.jsp.tagext.SimpleTagSupport;
import jakarta.servlet.jsp.tagext.Tag;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockPageContext;

/** A page whose response a server has begun. */
final class TestPage {

  final MockPageContext context = new MockPageContext();

  /** Creates a page for a visitor; null stands for a page without the filter. */
  TestPage(Visitor visitor) {
    context.getResponse().setCharacterEncoding("UTF-8");
    context.getRequest().setAttribute(Visitor.ATTRIBUTE, visitor);
  }

  /** Returns the output of a page after a tag without a body. */
  String show(SimpleTagSupport tag) throws JspException, IOException {
    tag.setJspContext(context);
    tag.doTag();
    return text();
  }

  /** Returns the output of a page after a classic tag with a body, run as containers run it. */
  String show(Tag tag, Body body) throws JspException, IOException {
    tag.setPageContext(context);
    tag.setParent(null);
    if (tag instanceof IterationTag) {
      throw new AssertionError("a scriptlet's continue would run the body without end");
    }
    if (tag.doStartTag() == Tag.EVAL_BODY_INCLUDE) {
      body.write(context.getOut());
    }
    if (tag.doEndTag() != Tag.EVAL_PAGE) {
      throw new AssertionError("the rest of the page is skipped");
    }
    return text();
  }

  String text() throws UnsupportedEncodingException, IOException {
    context.getOut().flush();
    return ((MockHttpServletResponse) context.getResponse()).getContentAsString();
  }

  /** The content that an application puts between a tag's start and end. */
  @FunctionalInterface
  interface Body {
    void write(JspWriter out) throws JspException, IOException;
  }
}
