"use strict";
(function () {
  const form = document.getElementById("filters"), shown = document.getElementById("shown");
  const rows = Array.from(document.querySelectorAll("#list > article"));
  const texts = []; // of rows that were searched
  const text = (i) => (texts[i] = texts[i] || rows[i].textContent.toLowerCase());
  let at = -1;
  function value(name) {
    const field = form.elements.namedItem(name);
    return field && "value" in field ? field.value : "";
  }
  const pictures = Array.from(document.querySelectorAll(".picture"));
  const some = (data) => data.environments.split("\n").filter(Boolean);
  function show(picture, at) {
    const box = picture.querySelector(".sets select");
    if (box) box.selectedIndex = at;
    picture.querySelectorAll(".graph").forEach((graph, i) => (graph.hidden = i !== at));
  }
  function turn(picture, environment) { // to a graph of an environment; false: it has none
    const graphs = Array.from(picture.querySelectorAll(".graph")), now = graphs.findIndex((graph) => !graph.hidden);
    const is = (graph) => some(graph.dataset).includes(environment), ofNone = (graph) => !some(graph.dataset).length;
    if (!environment || is(graphs[now])) return true;
    let to = graphs.findIndex(is);
    if (to < 0) to = ofNone(graphs[now]) ? now : graphs.findIndex(ofNone);
    if (to >= 0) show(picture, to);
    return to >= 0;
  }
  function filter() {
    const levels = new Set(Array.from(form.querySelectorAll("[name=level]:checked"), (box) => box.value));
    const words = value("text").toLowerCase().split(/\s+/).filter(Boolean);
    const check = value("check"), input = value("input"), environment = value("environment");
    let n = 0;
    rows.forEach((row, i) => {
      const data = row.dataset, of = some(data);
      const show = levels.has(data.level) && (!check || data.check === check) && (!input || data.input === input) &&
        (!environment || !of.length || of.includes(environment)) && words.every((word) => text(i).includes(word));
      row.hidden = !show;
      n += show;
    });
    for (const picture of pictures) picture.hidden = Boolean(input && picture.dataset.input && picture.dataset.input !== input) || !turn(picture, environment);
    shown.textContent = n + " of " + rows.length;
  }
  function clear() {
    form.reset();
    filter();
  }
  function go(i) {
    if (i < 0 || i >= rows.length) return;
    at = i;
    rows[i].scrollIntoView({ block: "center" });
    rows[i].focus({ preventScroll: true });
  }
  function step(by) {
    for (let i = at + by; i >= 0 && i < rows.length; i += by) if (!rows[i].hidden) return go(i);
  }
  function open(target) {
    const from = target.closest ? target.closest("[data-finding]") : null;
    if (!from) return false;
    const row = document.getElementById("f" + from.dataset.finding);
    if (!row) return false;
    if (row.hidden) clear();
    go(rows.indexOf(row));
    return true;
  }
  form.addEventListener("input", filter);
  for (const picture of pictures) {
    const box = picture.querySelector(".sets select");
    if (box) box.addEventListener("input", () => show(picture, box.selectedIndex));
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("click", (event) => open(event.target));
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName || "");
    if (event.key === "Escape") { clear(); if (typing) event.target.blur(); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "Enter") open(event.target);
    else if (event.key === "/") { event.preventDefault(); form.elements.namedItem("text").focus(); }
  });
  addEventListener("beforeprint", () => { for (const closed of document.querySelectorAll("details")) closed.open = true; });
  filter();
})();
