"use strict";
// Leave this site (the link works without this file), and "Copy link" where a page has it. Nothing else.
(function () {
  var exit = document.getElementById("exit"), presses = 0, timer;
  function leave() {
    document.documentElement.hidden = true;
    document.title = "";
    location.replace(exit.href);
  }
  if (exit) {
    exit.addEventListener("click", function (event) {
      event.preventDefault();
      leave();
    });
    document.addEventListener("keyup", function (event) {
      clearTimeout(timer);
      if (event.key !== "Shift") { presses = 0; return; }
      presses += 1;
      if (presses === 3) leave();
      timer = setTimeout(function () { presses = 0; }, 2000);
    });
  }
  var copy = document.querySelector("[data-copy]");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", function () {
      navigator.clipboard.writeText(location.href.split("#")[0]).then(function () {
        var said = copy.dataset.copy || copy.textContent + " ✓", status = document.getElementById("status");
        if (status) status.textContent = said;
        copy.textContent = said;
      });
    });
  }
})();
