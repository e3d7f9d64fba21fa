package io.github.kameleoonservlet.internal.visitor;

import static net.bytebuddy.matcher.ElementMatchers.is;
import static net.bytebuddy.matcher.ElementMatchers.none;

import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.decision.DecisionProvider;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.http.RequestCookies;
import io.github.kameleoonservlet.internal.http.RequestKind;
import io.github.kameleoonservlet.internal.http.VisitorHeaders;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.internal.visitor.CallTrace.Kind;
import io.github.kameleoonservlet.internal.visitor.CallTrace.KindName;
import io.github.kameleoonservlet.internal.visitor.CallTrace.Recording;
import io.github.kameleoonservlet.internal.visitor.CallTrace.Type;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * A second copy of the library and its tests, each method of which reports to {@link CallTrace}.
 *
 * <p>A call counts if it goes from one class of the library to a method of another. The following
 * calls do not count: calls of constructors and static methods; of records, enums and the other
 * values; of accessors, which call nothing and write no field, or return a value that is read once;
 * and the calls that {@link VisitorHeaders}, {@link Statistics}, the store and the decisions make.
 * Every call of these four counts.
 */
final class TracedLibrary extends ClassLoader {

  private static final String PACKAGE = "io.github.kameleoonservlet.";

  private static final List<Class<?>> PORTS =
      List.of(VisitorCodeStore.class, DecisionProvider.class);

  private static final Set<Class<?>> CLOSED = Set.of(VisitorHeaders.class, Statistics.class);

  private static final Set<Class<?>> VALUES =
      Set.of(VisitorCode.class, RequestKind.class, RequestCookies.class);

  private static final Set<String> READ_ONCE = Set.of("kind", "cookies");

  TracedLibrary() {
    super(TracedLibrary.class.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(PACKAGE) || name.startsWith(CallTrace.class.getName())) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? traced(Class.forName(name, false, getParent())) : known;
    }
  }

  private Class<?> traced(Class<?> type) {
    DynamicType.Builder<?> builder = new ByteBuddy().ignore(none()).redefine(type);
    Set<String> accessors = accessors(type);
    Class<?> shown =
        PORTS.stream().filter(port -> port.isAssignableFrom(type)).findAny().orElse(type);
    for (Method method : type.getDeclaredMethods()) {
      if (!Modifier.isAbstract(method.getModifiers())) {
        builder =
            builder.visit(
                Advice.withCustomMapping()
                    .bind(Type.class, shown.getSimpleName())
                    .bind(KindName.class, kind(method, accessors).name())
                    .to(Recording.class)
                    .on(is(method)));
      }
    }
    byte[] code = builder.make().getBytes();
    return defineClass(type.getName(), code, 0, code.length);
  }

  private static Kind kind(Method method, Set<String> accessors) {
    Class<?> type = method.getDeclaringClass();
    if (isTest(type) && !isPort(type)) {
      return Kind.APPLICATION;
    }
    if (method.isSynthetic() || Modifier.isStatic(method.getModifiers())) {
      return Kind.UNCOUNTED;
    }
    if (isPort(type) || CLOSED.contains(type)) {
      return Kind.CLOSED;
    }
    boolean value = type.isRecord() || type.isEnum() || type.isInterface() || VALUES.contains(type);
    boolean readOnce = type == IncomingRequest.class && READ_ONCE.contains(method.getName());
    return value || readOnce || accessors.contains(method.getName())
        ? Kind.UNCOUNTED
        : Kind.COUNTED;
  }

  private static boolean isTest(Class<?> type) {
    return type.getProtectionDomain()
        .getCodeSource()
        .equals(TracedLibrary.class.getProtectionDomain().getCodeSource());
  }

  private static boolean isPort(Class<?> type) {
    return PORTS.stream().anyMatch(port -> port.isAssignableFrom(type));
  }

  /** Returns the names of the methods that call nothing and write no field. */
  private static Set<String> accessors(Class<?> type) {
    Set<String> names = new HashSet<>();
    ClassVisitor methods =
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            names.add(name);
            return new MethodVisitor(Opcodes.ASM9) {
              @Override
              public void visitMethodInsn(
                  int opcode, String owner, String called, String form, boolean ofInterface) {
                names.remove(name);
              }

              @Override
              public void visitFieldInsn(int opcode, String owner, String field, String form) {
                if (opcode == Opcodes.PUTFIELD) {
                  names.remove(name);
                }
              }
            };
          }
        };
    try {
      byte[] code = ClassFileLocator.ForClassLoader.read(type);
      new ClassReader(code).accept(methods, ClassReader.SKIP_DEBUG);
    } catch (RuntimeException e) {
      throw new IllegalStateException(type.getName(), e);
    }
    return names;
  }
}
