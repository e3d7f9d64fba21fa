package shop;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Writer;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;

/** Renders by Velocity in strict mode: a reference without a value fails the page. */
public class VelocityServlet extends TemplateServlet {

  private static final long serialVersionUID = 1L;

  private transient VelocityEngine engine;

  @Override
  public void init(ServletConfig config) throws ServletException {
    super.init(config);
    engine = new VelocityEngine();
    engine.setProperty(
        "resource.loader.file.path",
        getServletContext().getRealPath("/WEB-INF/templates/velocity"));
    engine.setProperty("runtime.strict_mode.enable", true);
    engine.init();
  }

  @Override
  void write(String page, HttpServletRequest request, HttpServletResponse response, Writer out) {
    engine.getTemplate(page, "UTF-8").merge(new VelocityContext(attributes(request)), out);
  }
}
