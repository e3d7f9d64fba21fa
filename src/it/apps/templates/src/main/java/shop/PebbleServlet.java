package shop;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.FileLoader;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;

/**
 * Renders by Pebble; the init-param {@code strict} determines whether a missing attribute fails the
 * page.
 */
public class PebbleServlet extends TemplateServlet {

  private static final long serialVersionUID = 1L;

  private transient PebbleEngine engine;

  @Override
  public void init(ServletConfig config) throws ServletException {
    super.init(config);
    FileLoader templates = new FileLoader();
    templates.setPrefix(getServletContext().getRealPath("/WEB-INF/templates/pebble"));
    engine =
        new PebbleEngine.Builder()
            .loader(templates)
            .strictVariables(Boolean.parseBoolean(getInitParameter("strict")))
            .build();
  }

  @Override
  void write(String page, HttpServletRequest request, HttpServletResponse response, Writer out)
      throws IOException {
    engine.getTemplate(page).evaluate(out, attributes(request));
  }
}
