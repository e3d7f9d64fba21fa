package io.github.kameleoonservlet.jsp;

import io.github.kameleoonservlet.identity.VisitorCode;

/**
 * The script that hands the visitor's code to Kameleoon's web SDK, and tells it the exposures
 * afterwards: a change of code makes the engine assign anew.
 *
 * <p><b>Which code.</b> A page that comes back from the history, the HTTP cache or a service worker
 * may print the code of another visitor by now, and {@code setVisitorCode} would write it into the
 * cookie. So the printed code is handed over
 *
 * <ol>
 *   <li>at once when the cookie says the same;
 *   <li>else at {@code pageshow}, when the page proves to have come from the network just now (only
 *       then does a browser know: until the answer has ended, a fresh page and a revalidated one
 *       look alike), and without that proof the cookie's code is, which is none after a withdrawn
 *       consent;
 *   <li>a page out of the back/forward cache always hands over the cookie's.
 * </ol>
 *
 * <p><b>A prerendered page</b> runs this script before the browser shows the page. The script
 * reports exposures only then, and hands over the cookie's code if it has changed by then.
 *
 * <p>Of the cookie only the characters are checked: the words and the prefix that make no code were
 * put right when the server answered with a page.
 *
 * <p>Exposures belong to the printed code and are told with it only, once.
 *
 * <p><b>To whom.</b> To the global {@code Kameleoon}, else {@code kameleoon}. When neither takes it
 * yet, the command queue is given one function, which asks for the code when it runs, since that
 * may be after a {@code pageshow}. One function and not several commands, because an engine that
 * has loaded but not started reverses the order of what is pushed. It runs once, whatever replays
 * the queue.
 *
 * <p>ES5, and no global of its own; {@code kameleoonQueue} is the vendor's.
 */
final class HandOver {

  private static final String FUNCTION =
      """
      (function(w,d,printed,exposures){
      var code,waiting;
      function cookie(){
      try{return(/(?:^|;)\\s*kameleoonVisitorCode\\s*=\\s*("?)(CODE)\\1\\s*(?:;|$)/\
      .exec(d.cookie)||[])[2]}catch(e){}
      }
      function fresh(){
      try{
      var n=w.performance.getEntriesByType('navigation')[0];
      return n.type!=='back_forward'&&n.transferSize>0&&n.transferSize>=n.encodedBodySize;
      }catch(e){}
      }
      function told(){
      for(var i=0;i<2;i++)
      try{w[['Kameleoon','kameleoon'][i]].API.Visitor.setVisitorCode(code);return 1}catch(e){}
      }
      function expose(){
      var tell=!d.prerendering&&code===printed&&exposures;
      if(tell){exposures=0;tell()}
      }
      function queued(){
      if(waiting){waiting=0;if(code){told();expose()}}
      }
      function give(next){
      code=next;
      if(!code)return;
      if(told())expose();
      else if(!waiting){
      waiting=1;
      try{(w.kameleoonQueue=w.kameleoonQueue||[]).push(queued)}catch(e){}
      }
      }
      if(cookie()===printed)give(printed);
      w.addEventListener('pageshow',function(e){
      var next=!e.persisted&&fresh()?printed:cookie();
      if(e.persisted||next!==code)give(next);
      });
      if(d.prerendering)d.addEventListener('prerenderingchange',function(){
      var next=cookie();
      if(next!==code)give(next);
      else if(!waiting)expose();
      });
      })(window,document,"""
          .replace("CODE", VisitorCode.FORM.replace("/", "\\/"));

  private HandOver() {}

  /**
   * The script for one page, without its element.
   *
   * @param code the visitor's code
   * @param exposures the engine tracking code; may be empty
   */
  static String script(String code, String exposures) {
    return FUNCTION
        + Escaped.scriptString(code)
        + (exposures.isBlank() ? "" : ",function(){\n" + Escaped.script(exposures) + "\n}")
        + ");";
  }
}
