"use strict";
// Suggestions under a search field. Without this file the field is a plain one.
(function () {
  var input = document.querySelector("[data-suggest]");
  if (!input || !window.fetch || !window.AbortController) return;
  var box = document.createElement("div"), said = document.createElement("p");
  var options = [], active = -1, timer, asked;
  box.className = "suggest";
  box.hidden = true;
  said.className = "vh";
  said.setAttribute("role", "status");
  input.parentNode.append(box, said);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  close();

  function close() {
    box.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-controls");
    mark(-1);
  }
  function mark(place) {
    if (options[active]) options[active].setAttribute("aria-selected", "false");
    active = place;
    var option = options[active];
    if (!option) { input.removeAttribute("aria-activedescendant"); return; }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }
  function show(html) {
    box.innerHTML = html;
    options = Array.from(box.querySelectorAll("[role=option]"));
    mark(-1);
    said.textContent = box.firstElementChild ? box.firstElementChild.dataset.said : "";
    if (!options.length) { close(); return; }
    box.hidden = false;
    input.setAttribute("aria-expanded", "true");
    input.setAttribute("aria-controls", "suggestions");
  }
  function ask() {
    if (asked) asked.abort();
    if (input.value.trim().length < 2) { options = []; close(); said.textContent = ""; return; }
    asked = new AbortController();
    var mine = asked, address = new URL(input.dataset.suggest, location.href);
    address.searchParams.set("q", input.value);
    fetch(address, { signal: mine.signal }).then(function (answer) {
      return answer.ok ? answer.text() : "";
    }).then(function (html) {
      if (mine === asked && document.activeElement === input) show(html);
    }).catch(function () { /* given up for the next letter, or no connection: the field works without */ });
  }
  function choose(option) {
    var chosen = option.dataset;
    close();
    if (chosen.url) { location.assign(chosen.url); return; }
    input.value = chosen.text;
    if (chosen.near) {
      var near = document.createElement("input");
      Array.from(input.form.elements).forEach(function (each) { if (each.name === "near") each.disabled = true; });
      near.type = "hidden";
      near.name = "near";
      near.value = chosen.near;
      input.form.append(near);
    }
    input.form.requestSubmit();
  }

  input.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  input.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && !box.hidden) { event.preventDefault(); close(); return; }
    if (event.key === "Enter" && options[active] && !box.hidden) { event.preventDefault(); choose(options[active]); return; }
    if (event.key === "Enter") { clearTimeout(timer); if (asked) asked.abort(); close(); return; }
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !options.length) return;
    event.preventDefault();
    if (box.hidden) { box.hidden = false; input.setAttribute("aria-expanded", "true"); input.setAttribute("aria-controls", "suggestions"); }
    // One place beyond either end is the field itself.
    mark((active + 1 + step + options.length + 1) % (options.length + 1) - 1);
  });
  input.addEventListener("blur", close);
  box.addEventListener("pointerdown", function (event) { event.preventDefault(); });
  box.addEventListener("click", function (event) {
    var option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
})();
