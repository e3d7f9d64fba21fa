package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.targeting.TargetingManagerImpl;
import com.kameleoon.targeting.condition.TargetingConditionType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** The data that the SDK keeps of visitors, in the types of the SDK's conditions. Thread-safe. */
final class VisitorData {

  private final MethodHandle read;

  VisitorData(TargetingManagerImpl manager) throws ReflectiveOperationException {
    read =
        MethodHandles.privateLookupIn(TargetingManagerImpl.class, MethodHandles.lookup())
            .findVirtual(
                TargetingManagerImpl.class,
                "getConditionData",
                MethodType.methodType(
                    Object.class, TargetingConditionType.class, String.class, int.class))
            .bindTo(manager);
  }

  /** Returns the data for conditions of a type; null if the SDK has none. */
  @Nullable Object of(TargetingConditionType type, String code, int experimentId) {
    try {
      return (Object) read.invokeExact(type, code, experimentId);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
