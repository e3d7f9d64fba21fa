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

  /** What a method is to the trace. */
  enum Kind {
    /** A method of a test, which stands for the application. */
    APPLICATION,
    /** A method of the library to which a call does not count. */
    UNCOUNTED,
    /** A method of the library to which a call from another class counts. */
    COUNTED,
    /** As {@code COUNTED}; the calls that it makes do not count. */
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

  /** Notes the start of a method. Public for the traced methods, which are in every package. */
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

  /** Notes the end of a method. */
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
