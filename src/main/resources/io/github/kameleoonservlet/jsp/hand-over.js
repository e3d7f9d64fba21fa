// Hands the visitor's code to Kameleoon's web SDK, and then reports the exposures: if the code
// changes, engine.js assigns the variations again.
//
// HandOver.java prints this function without comments and indentation, and calls it with window,
// document, the code of the page, and a function that reports the page's exposures (undefined if
// there are none). CODE stands for the expression of a valid visitor code. ECMAScript 5 only, and no
// global variable of its own: kameleoonQueue belongs to the web SDK.
//
// Which code: the history, the HTTP cache or a service worker can show an old page with the code of
// another visitor, and setVisitorCode would write that code into the cookie. So the script hands over
// - the printed code at once, if the cookie contains it;
// - otherwise one code at pageshow: the printed code if the page has just come from the network, the
//   cookie's code if not. Before pageshow a browser does not know whether a page is fresh. Without a
//   valid cookie, as after withdrawn consent, it hands over nothing;
// - the cookie's code on a page from the back/forward cache.
//
// A prerendered page runs this script before the browser shows the page. The script then reports the
// exposures when the page is shown, and hands over the cookie's code if it has changed by then.
(function(w,d,printed,exposures){
  var code,waiting;

  // Checks only the characters and the length: the server has already corrected words such as "null"
  // and the prefix of an old cookie.
  function cookie(){
    try{return(/(?:^|;)\s*kameleoonVisitorCode\s*=\s*("?)(CODE)\1\s*(?:;|$)/.exec(d.cookie)||[])[2]}catch(e){}
  }

  // A page from the HTTP cache has the size 0, and a page that was revalidated less than its body.
  function fresh(){
    try{
      var n=w.performance.getEntriesByType('navigation')[0];
      return n.type!=='back_forward'&&n.transferSize>0&&n.transferSize>=n.encodedBodySize;
    }catch(e){}
  }

  // engine.js has the global Kameleoon, the JavaScript SDK kameleoon.
  function told(){
    for(var i=0;i<2;i++)
      try{w[['Kameleoon','kameleoon'][i]].API.Visitor.setVisitorCode(code);return 1}catch(e){}
  }

  // Exposures belong to the printed code, and are reported once.
  function expose(){
    var tell=!d.prerendering&&code===printed&&exposures;
    if(tell){exposures=0;tell()}
  }

  // Runs once, even if the queue is replayed, and uses the code of that moment.
  function queued(){
    if(waiting){waiting=0;if(code){told();expose()}}
  }

  // Queues one function, because an engine that has loaded and not started reverses what is pushed.
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
})
