package io.github.kameleoonservlet.internal.visitor;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.bytebuddy.asm.Advice;

/**
 * The calls from one class of the library to another while a task runs, in their order. {@link
 * TracedLibrary} adds {@link Recording} to each method. Records one thread.
 */
public final class CallTrace {

  /** The treatment of a method by the trace. */
  enum Kind {
    /** A method of a test, which stands for the application. */
    APPLICATION,
    /** A method of the library; calls of it do not count. */
    UNCOUNTED,
    /** A method of the library; calls of it from another class count. */
    COUNTED,
    /** Like {@code COUNTED}, but the calls that the method makes do not count. */
    CLOSED
  }

  private record Frame(String type, Kind kind) {}

  private static final Deque<Frame> FRAMES = new ArrayDeque<>();
  private static final List<String> CALLS = new ArrayList<>();

  private CallTrace() {}

  /** Runs a task, and returns its calls, as in {@code "VisitorAnswer -> VisitorHeaders.offer"}. */
  static List<String> of(Runnable task) {
    CALLS.clear();
    task.run();
    return List.copyOf(CALLS);
  }

  /** Records the start of a method. Public, because the traced methods are in every package. */
  public static void enter(String type, String method, String kindName) {
    Kind kind = Kind.valueOf(kindName);
    Frame caller = FRAMES.peek();
    if (caller == null) {
      FRAMES.push(new Frame(type, kind));
      return;
    }
    boolean counted = kind == Kind.COUNTED || kind == Kind.CLOSED;
    boolean open = caller.kind == Kind.COUNTED || caller.kind == Kind.UNCOUNTED;
    if (counted && open && !caller.type.equals(type)) {
      CALLS.add(caller.type + " -> " + type + "." + method);
    }
    FRAMES.push(new Frame(type, caller.kind == Kind.CLOSED ? Kind.CLOSED : kind));
  }

  /** Records the end of a method. */
  public static void exit() {
    FRAMES.pop();
  }

  /** The code around each traced method. */
  static final class Recording {

    private Recording() {}

    @Advice.OnMethodEnter
    static void enter(
        @Type String type, @Advice.Origin("#m") String method, @KindName String kind) {
      CallTrace.enter(type, method, kind);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit() {
      CallTrace.exit();
    }
  }

  /** The name of the class that a traced method belongs to. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface Type {}

  /** The name of the {@link Kind} of a traced method. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface KindName {}
}
