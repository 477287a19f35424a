// The search box. It finds names first and words of summaries last, and needs
// nothing but searchIndex, which stands in a file of its own.
(function () {
  "use strict";
  var box = document.getElementById("search"), list = document.getElementById("results");
  var found = [], selected = -1, limit = 12;

  // The menu is open where there is room for it; a browser may not know how to
  // show a closed one.
  var wide = window.matchMedia("(min-width: 1000px)"), menu = document.getElementById("menu");
  function fitMenu() {
    menu.open = wide.matches;
    var here = menu.querySelector("[aria-current]");
    if (wide.matches && here) menu.scrollTop = here.offsetTop - menu.offsetTop - menu.clientHeight / 2;
  }
  wide.addEventListener("change", fitMenu);
  fitMenu();

  // rank is how well an entry fits all words, lower is better; -1 if it does not.
  function rank(entry, words) {
    var name = entry.n.toLowerCase(), last = name.split(/[.:]/).pop(), sum = entry.k === "method" ? 0.5 : 0;
    for (var i = 0; i < words.length; i++) {
      var w = words[i];
      if (name === w) sum += 0;
      else if (last === w) sum += 1;
      else if (name.indexOf(w) === 0) sum += 2;
      else if (last.indexOf(w) === 0) sum += 3;
      else if (name.indexOf(w) >= 0) sum += 4;
      else if (entry.s.toLowerCase().indexOf(w) >= 0) sum += 8;
      else return -1;
    }
    return sum;
  }

  function find(text) {
    var words = text.toLowerCase().split(/\s+/).filter(Boolean), hits = [];
    if (words.length === 0) return [];
    searchIndex.forEach(function (entry, i) {
      var r = rank(entry, words);
      if (r >= 0) hits.push({ entry: entry, rank: r, at: i });
    });
    hits.sort(function (a, b) { return a.rank - b.rank || a.entry.n.length - b.entry.n.length || a.at - b.at; });
    return hits.slice(0, limit).map(function (h) { return h.entry; });
  }

  function show() {
    found = find(box.value);
    selected = found.length > 0 ? 0 : -1;
    list.textContent = "";
    found.forEach(function (entry, i) {
      var item = document.createElement("li"), a = document.createElement("a"), kind = document.createElement("span"), small = document.createElement("small");
      item.id = "result-" + i;
      item.setAttribute("role", "option");
      a.href = entry.u;
      a.tabIndex = -1;
      a.textContent = entry.n + " ";
      kind.className = "effect " + entry.k;
      kind.textContent = entry.k;
      small.textContent = entry.s;
      a.append(kind, small);
      item.append(a);
      list.append(item);
    });
    if (found.length === 0 && box.value.trim() !== "") {
      var none = document.createElement("li");
      none.className = "none";
      none.textContent = "Nothing is called that, and no summary says it.";
      list.append(none);
    }
    open(box.value.trim() !== "");
    mark();
  }

  function open(yes) {
    list.hidden = !yes;
    box.setAttribute("aria-expanded", String(yes));
  }

  function mark() {
    for (var i = 0; i < found.length; i++) {
      list.children[i].setAttribute("aria-selected", String(i === selected));
    }
    if (selected >= 0) {
      box.setAttribute("aria-activedescendant", "result-" + selected);
      list.children[selected].scrollIntoView({ block: "nearest" });
    } else {
      box.removeAttribute("aria-activedescendant");
    }
  }

  box.addEventListener("input", show);
  box.addEventListener("focus", function () { if (box.value.trim() !== "") show(); });
  box.addEventListener("keydown", function (event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (found.length > 0) selected = (selected + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
      mark();
    } else if (event.key === "Enter" && selected >= 0) {
      open(false);
      window.location.href = found[selected].u;
    } else if (event.key === "Escape") {
      open(false);
      box.blur();
    }
  });
  list.addEventListener("click", function () { open(false); });
  document.addEventListener("click", function (event) {
    if (!list.contains(event.target) && event.target !== box) open(false);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });
})();
