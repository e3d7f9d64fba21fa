package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.data.Browser;
import com.kameleoon.data.Data;
import com.kameleoon.data.Device;
import com.kameleoon.data.OperatingSystem;
import io.github.kameleoonservlet.internal.targeting.BrowserFacts;
import java.util.ArrayList;
import java.util.List;

/** The conversion of browser facts into data of the SDK. */
final class BrowserData {

  private BrowserData() {}

  /** Returns the browser, operating system and device that the facts contain. */
  static List<Data> of(BrowserFacts facts) {
    List<Data> data = new ArrayList<>();
    if (facts.type() != null) {
      Browser.Type type = Browser.Type.valueOf(facts.type().name());
      data.add(facts.version() == null ? new Browser(type) : new Browser(type, facts.version()));
    }
    if (facts.system() != null) {
      data.add(new OperatingSystem(OperatingSystem.Type.valueOf(facts.system().name())));
    }
    if (facts.device() != null) {
      data.add(new Device(Device.Type.valueOf(facts.device().name())));
    }
    return data;
  }
}
