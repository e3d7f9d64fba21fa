package io.github.kameleoonservlet.jsp;

import java.util.ArrayList;
import java.util.List;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import org.openjdk.nashorn.api.scripting.NashornScriptEngineFactory;
import org.openjdk.nashorn.api.scripting.ScriptObjectMirror;

/**
 * A page in a browser as the script of {@link TrackingTag} sees it. The script runs in Nashorn, an
 * engine for ECMAScript 5, with a window and a document of this class. {@link #received()} returns
 * what the web SDK received.
 */
final class WebPage {

  private static final String BROWSER =
      """
      var received = [], listeners = {}, navigation = {type: 'navigate', transferSize: 3300,
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
          Visitor: {setVisitorCode: function (code) { received.push('code ' + code); }},
          Experiments: {
            assignVariation: function (id, variation) { received.push('assign ' + variation); },
            trigger: function (id) { received.push('trigger ' + id); }
          }
        }};
      }
      // engine.js of 2026 replaces the array. Before it starts, it puts new commands at the front.
      function execute(command) {
        try {
          if (typeof command === 'function') command();
          else {
            var path = command[0].split('.');
            var api = window.Kameleoon.API[path[0]];
            api[path[1]].apply(api, command.slice(1));
          }
        } catch (e) { received.push('error ' + e); }
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

  private final ScriptEngine engine =
      new NashornScriptEngineFactory()
          .getScriptEngine("--language=es5", "--no-syntax-extensions", "--no-java");

  private final String script;

  /** Creates a page with the output of the tag. */
  WebPage(String output) {
    run(BROWSER);
    script = output.replaceAll("(?s)^<script[^>]*>|</script>$", "");
  }

  /** Sets the cookies that scripts see. */
  WebPage cookie(String cookie) {
    ((ScriptObjectMirror) engine.get("document")).put("cookie", cookie);
    return this;
  }

  /** Runs another script of the page. */
  WebPage run(String code) {
    evaluate(code);
    return this;
  }

  /** Runs the script of the tag, at the end of the page. */
  WebPage end() {
    return run(script);
  }

  /** Shows the loaded page: for the first time, or again from the back/forward cache. */
  WebPage shown(boolean persisted) {
    return run("show(" + persisted + ")");
  }

  /** Returns what the web SDK received, in this order. */
  List<String> received() {
    return strings("received");
  }

  /** Returns the names of all global variables. */
  List<String> globals() {
    List<String> names = new ArrayList<>(strings("Object.keys(window)"));
    names.addAll(strings("Object.keys(this)"));
    return names;
  }

  private List<String> strings(String expression) {
    ScriptObjectMirror array = (ScriptObjectMirror) evaluate(expression);
    return array.values().stream().map(String::valueOf).toList();
  }

  private Object evaluate(String code) {
    try {
      return engine.eval(code);
    } catch (ScriptException e) {
      throw new AssertionError(e);
    }
  }
}
