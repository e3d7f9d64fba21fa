package io.github.kameleoonservlet.jsp;

import java.util.ArrayList;
import java.util.List;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.ScriptableObject;

/**
 * A page in a browser, as far as the script of {@link TrackingTag} can tell: it runs in Rhino, with
 * a window and a document made by hand. What the web SDK is told ends up in {@link #told()}.
 */
final class WebPage implements AutoCloseable {

  private static final String BROWSER =
      """
      var told = [], listeners = {}, navigation = {type: 'navigate', transferSize: 3300,
          encodedBodySize: 3000};
      var document = {cookie: '', prerendering: false,
        addEventListener: function (type, listener) {
          (listeners[type] = listeners[type] || []).push(listener);
        }
      };
      var window = {
        addEventListener: function (type, listener) {
          (listeners[type] = listeners[type] || []).push(listener);
        },
        performance: {getEntriesByType: function (type) {
          return type === 'navigation' && navigation ? [navigation] : [];
        }}
      };
      function sdk() {
        return {API: {
          Visitor: {setVisitorCode: function (code) { told.push('code ' + code); }},
          Experiments: {
            assignVariation: function (id, variation) { told.push('assign ' + variation); },
            trigger: function (id) { told.push('trigger ' + id); }
          }
        }};
      }
      // As engine.js of 2026 does: it takes the array over, and until it starts what is pushed comes
      // to the front.
      function execute(command) {
        try {
          if (typeof command === 'function') command();
          else {
            var path = command[0].split('.');
            var api = window.Kameleoon.API[path[0]];
            api[path[1]].apply(api, command.slice(1));
          }
        } catch (e) { told.push('error ' + e); }
      }
      function engineLoads() {
        window.Kameleoon = {API: {}};
        window.kameleoonQueue = window.kameleoonQueue || [];
        window.kameleoonQueue.push = function (command) { this.unshift(command); };
      }
      function engineStarts() {
        if (!window.Kameleoon) engineLoads();
        window.Kameleoon = sdk();
        window.kameleoonQueue.push = execute;
        window.kameleoonQueue.splice(0).forEach(execute);
      }
      function activate() {
        document.prerendering = false;
        (listeners.prerenderingchange || []).forEach(function (listener) { listener({}); });
      }
      function show(persisted) {
        (listeners.pageshow || []).forEach(function (listener) {
          listener({type: 'pageshow', persisted: persisted});
        });
      }
      """;

  private final Context context = Context.enter();
  private final ScriptableObject global = context.initStandardObjects();
  private final String script;

  /** A page with the output of the tag. */
  WebPage(String output) {
    context.setInterpretedMode(true);
    context.setLanguageVersion(Context.VERSION_ES6);
    run(BROWSER);
    // Of Rhino's versions the one that knows least of what came after ECMAScript 5.
    context.setLanguageVersion(Context.VERSION_1_5);
    script = output.replaceAll("(?s)^<script[^>]*>|</script>$", "");
  }

  /** Sets the cookies that scripts see. */
  WebPage cookie(String cookie) {
    ScriptableObject.putProperty((ScriptableObject) global.get("document"), "cookie", cookie);
    return this;
  }

  /** Does something else that pages do. */
  WebPage run(String code) {
    context.evaluateString(global, code, "page", 1, null);
    return this;
  }

  /** Comes to the end of the page. */
  WebPage end() {
    return run(script);
  }

  /** Has loaded everything, for the first time or out of the history. */
  WebPage shown(boolean persisted) {
    return run("show(" + persisted + ")");
  }

  /** What the web SDK was told, in this order. */
  List<String> told() {
    return strings("told");
  }

  /** The names of all globals. */
  List<String> globals() {
    List<String> names = new ArrayList<>(strings("Object.keys(window)"));
    names.addAll(strings("Object.keys(this)"));
    return names;
  }

  private List<String> strings(String expression) {
    NativeArray array = (NativeArray) context.evaluateString(global, expression, "test", 1, null);
    return java.util.Arrays.stream(array.toArray()).map(String::valueOf).toList();
  }

  @Override
  public void close() {
    Context.exit();
  }
}
