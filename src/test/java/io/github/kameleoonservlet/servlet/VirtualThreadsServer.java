package io.github.kameleoonservlet.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.kameleoonservlet.UserIdResolver;
import io.github.kameleoonservlet.identity.InMemoryVisitorCodeStore;
import io.github.kameleoonservlet.identity.RenameResult;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * Serves requests of known users on virtual threads while the store does not respond, and prints
 * the results. Needs Java 21 or later with few carrier threads; a test starts the class.
 */
public final class VirtualThreadsServer {

  /** The class in which a request waits for the store. */
  private static final String WAIT = "io.github.kameleoonservlet.internal.guard.StoreThreads";

  private static final int USERS = 40;
  private static final int PATIENCE_SECONDS = 60;

  /** A strong reference: a logger that is collected loses its level. */
  private static final Logger TOMCAT = Logger.getLogger("org.apache");

  private static final CountDownLatch ASKING = new CountDownLatch(USERS);
  private static final CountDownLatch ANSWER = new CountDownLatch(1);

  private VirtualThreadsServer() {}

  /**
   * Prints {@code served while the store waits: true}, {@code users served: 40}, and {@code pinned
   * in the wait: 0}, the number of JFR's events.
   *
   * @param args a directory for files
   */
  public static void main(String[] args) throws Exception {
    TOMCAT.setLevel(Level.SEVERE);
    Path directory = Path.of(args[0]);
    Tomcat tomcat = server(directory);
    try (Recording recording = new Recording()) {
      recording.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
      recording.start();
      int port = tomcat.getConnector().getLocalPort();
      List<Socket> users = new ArrayList<>();
      for (int i = 0; i < USERS; i++) {
        users.add(send(port, "user-" + i));
      }
      boolean all = ASKING.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      boolean served = all && isServed(send(port, null));
      System.out.println("served while the store waits: " + served);
      ANSWER.countDown();
      int count = 0;
      for (Socket user : users) {
        count += isServed(user) ? 1 : 0;
      }
      System.out.println("users served: " + count);
      recording.stop();
      Path file = directory.resolve("pinned.jfr");
      recording.dump(file);
      System.out.println("pinned in the wait: " + pinnedInTheWait(file));
    } finally {
      ANSWER.countDown();
      tomcat.stop();
      tomcat.destroy();
    }
  }

  /**
   * Counts only the events during the wait, because the first use of a class also pins a thread.
   */
  private static long pinnedInTheWait(Path file) throws IOException {
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getStackTrace() != null)
        .filter(
            event ->
                event.getStackTrace().getFrames().stream()
                    .anyMatch(frame -> frame.getMethod().getType().getName().equals(WAIT)))
        .count();
  }

  private static Tomcat server(Path directory) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    if (!tomcat.getConnector().setProperty("useVirtualThreads", "true")) {
      throw new IllegalStateException("this Tomcat has no virtual threads");
    }
    Context context = tomcat.addContext("", directory.toString());
    Tomcat.addServlet(context, "page", new EmptyPage());
    context.addServletMappingDecoded("/page", "page");
    FilterDef filter = new FilterDef();
    filter.setFilterName("filter");
    filter.setFilterClass(KameleoonVisitorFilter.class.getName());
    filter.setAsyncSupported("true");
    filter.addInitParameter("userId", HeaderUsers.class.getName());
    filter.addInitParameter("store", WaitingStore.class.getName());
    filter.addInitParameter("storeTimeoutMillis", "60000");
    filter.addInitParameter("dataFile", OfflineShop.DATA_FILE);
    context.addFilterDef(filter);
    FilterMap everything = new FilterMap();
    everything.setFilterName(filter.getFilterName());
    everything.addURLPattern("/*");
    context.addFilterMap(everything);
    tomcat.start();
    return tomcat;
  }

  private static Socket send(int port, String user) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_SECONDS * 1_000);
    String request =
        "GET /page HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + (user == null ? "" : "X-User: " + user + "\r\n")
            + "\r\n";
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    return socket;
  }

  private static boolean isServed(Socket socket) throws IOException {
    try (socket) {
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      return answer.startsWith("HTTP/1.1 200");
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static final class EmptyPage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      response.setContentType("text/html;charset=UTF-8");
    }
  }

  /** Reads the user from a header. */
  public static final class HeaderUsers implements UserIdResolver {

    /** Called by the library, which reads the class name from a setting. */
    public HeaderUsers() {}

    @Override
    public String userId(HttpServletRequest request) {
      String user = request.getHeader("X-User");
      if (user != null) {
        ASKING.countDown();
      }
      return user;
    }
  }

  /**
   * A store that responds to no find until {@link #main} releases it. Public, because the setting
   * {@code store} names the class.
   */
  public static final class WaitingStore implements VisitorCodeStore {

    private final VisitorCodeStore store = new InMemoryVisitorCodeStore();

    /** Called by the library, which reads the class name from a setting. */
    public WaitingStore() {}

    @Override
    public Optional<VisitorCode> find(UserKey user) {
      try {
        ANSWER.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return store.find(user);
    }

    @Override
    public LinkResult link(UserKey user, VisitorCode code) {
      return store.link(user, code);
    }

    @Override
    public boolean erase(UserKey user) {
      return store.erase(user);
    }

    @Override
    public RenameResult rename(UserKey from, UserKey to) {
      return store.rename(from, to);
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
