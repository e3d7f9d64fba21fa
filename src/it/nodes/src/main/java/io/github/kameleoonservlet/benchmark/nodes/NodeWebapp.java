package io.github.kameleoonservlet.benchmark.nodes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sample's exploded WAR for a node: with more settings in its {@code web.xml}, and with
 * sessions that Tomcat keeps in the database.
 */
final class NodeWebapp {

  /** The table of the sessions, as the documentation of Tomcat's DataSourceStore shows it. */
  static final String SESSION_TABLE =
      """
      create table tomcat_sessions (
        session_id varchar(100) not null primary key,
        valid_session char(1) not null,
        max_inactive int not null,
        last_access bigint not null,
        app_name varchar(255),
        session_data bytea);
      create index on tomcat_sessions (app_name)
      """;

  /**
   * PersistentValve loads the session at the beginning of each request, and saves the session
   * before the response ends. A save is a delete and an insert: without defaultAutoCommit="false" a
   * node that is killed between them loses the session, and another node does not find the session
   * meanwhile.
   */
  private static final String CONTEXT =
      """
      <Context>
        <Resource name="jdbc/sessions" auth="Container" type="javax.sql.DataSource"
                  driverClassName="org.postgresql.Driver" url="%s" username="postgres"
                  defaultAutoCommit="false" testOnBorrow="true" maxTotal="16" maxWaitMillis="2000"/>
        <Valve className="org.apache.catalina.valves.PersistentValve"/>
        <Manager className="org.apache.catalina.session.PersistentManager" saveOnRestart="false"
                 sessionAttributeValueClassNameFilter="%s">
          <Store className="org.apache.catalina.session.DataSourceStore"
                 dataSourceName="jdbc/sessions" localDataSource="true"
                 sessionTable="tomcat_sessions" sessionIdCol="session_id"
                 sessionValidCol="valid_session" sessionMaxInactiveCol="max_inactive"
                 sessionLastAccessedCol="last_access" sessionAppCol="app_name"
                 sessionDataCol="session_data"/>
        </Manager>
      </Context>
      """;

  /**
   * The classes of the sample's sessions. Without a list Tomcat deserializes every class that the
   * table names. Tomcat also drops an attribute of another class when it saves the session.
   */
  private static final String SESSION_CLASSES =
      "io\\.github\\.kameleoonservlet\\.sample\\.ShopUser|java\\.(lang|util)\\.[\\w$]+";

  private NodeWebapp() {}

  /**
   * Copies the WAR.
   *
   * @param settings names and values of context-params of the filter
   */
  static void copy(Path from, Path to, String sessionsUrl, Map<String, String> settings)
      throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    String parameters =
        settings.entrySet().stream()
            .map(
                setting ->
                    "<context-param><param-name>kameleoon.%s</param-name><param-value>%s</param-value></context-param>%n"
                        .formatted(setting.getKey(), setting.getValue()))
            .collect(Collectors.joining());
    Path webXml = to.resolve("WEB-INF/web.xml");
    String text = Files.readString(webXml);
    Files.writeString(webXml, text.replaceFirst("<context-param>", parameters + "$0"));
    Path context = to.resolve("META-INF/context.xml");
    Files.createDirectories(to.resolve("META-INF"));
    Files.writeString(context, CONTEXT.formatted(sessionsUrl, SESSION_CLASSES));
  }
}
