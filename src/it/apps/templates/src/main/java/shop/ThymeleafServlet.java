package shop;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Writer;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.WebContext;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.WebApplicationTemplateResolver;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

/** Renders by Thymeleaf; the init-param {@code expressions} is {@code ognl} or {@code spring}. */
public class ThymeleafServlet extends TemplateServlet {

  private static final long serialVersionUID = 1L;

  private transient JakartaServletWebApplication application;
  private transient TemplateEngine engine;

  @Override
  public void init(ServletConfig config) throws ServletException {
    super.init(config);
    application = JakartaServletWebApplication.buildApplication(getServletContext());
    engine =
        getInitParameter("expressions").equals("spring")
            ? new SpringTemplateEngine()
            : new TemplateEngine();
    WebApplicationTemplateResolver templates = new WebApplicationTemplateResolver(application);
    templates.setPrefix("/WEB-INF/templates/thymeleaf/");
    engine.setTemplateResolver(templates);
  }

  @Override
  void write(String page, HttpServletRequest request, HttpServletResponse response, Writer out) {
    engine.process(page, new WebContext(application.buildExchange(request, response)), out);
  }
}
