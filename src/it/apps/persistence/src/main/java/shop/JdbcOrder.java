package shop;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The orders of a visitor, in an application without a persistence provider. */
final class JdbcOrder {

  private static final String URL = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";

  private JdbcOrder() {}

  /** Places an order, and returns the number of the visitor's orders. */
  static Object place(String visitorCode) throws ClassNotFoundException, SQLException {
    Class.forName("org.h2.Driver");
    try (Connection shop = DriverManager.getConnection(URL, "sa", "");
        Statement statement = shop.createStatement()) {
      statement.execute("create table if not exists jdbc_order (visitor_code varchar(100))");
      try (PreparedStatement order =
          shop.prepareStatement("insert into jdbc_order (visitor_code) values (?)")) {
        order.setString(1, visitorCode);
        order.executeUpdate();
      }
      try (ResultSet count = statement.executeQuery("select count(*) from jdbc_order")) {
        count.next();
        return count.getLong(1);
      }
    }
  }
}
