"use strict";
(function () {
  const form = document.getElementById("filters"), shown = document.getElementById("shown");
  const list = document.getElementById("list"), total = Number(form.dataset.total);
  const rows = Array.from(list.querySelectorAll(":scope > article"));
  const texts = []; // of rows that were searched
  const text = (i) => (texts[i] = texts[i] || rows[i].textContent.toLowerCase());
  let at = -1;
  function value(name) {
    const field = form.elements.namedItem(name);
    return field && "value" in field ? field.value : "";
  }
  // What is not seen when the page opens is the text of a noscript until then: the page is there sooner, and has all without scripts.
  function unfold(kept) {
    const made = document.createElement("template");
    made.innerHTML = kept.textContent;
    const parts = Array.from(made.content.children);
    kept.replaceWith(made.content);
    return parts;
  }
  function someRows() { // false: there are no more
    const kept = list.querySelector(":scope > noscript");
    if (kept) rows.push(...unfold(kept));
    else if (document.getElementById("later")) document.getElementById("later").remove();
    return Boolean(kept);
  }
  function allRows() {
    while (someRows());
  }
  function draw(picture) { // false: what it shows is there
    const kept = picture.querySelector(".graph:not([hidden]) noscript");
    if (kept) unfold(kept);
    return Boolean(kept);
  }
  const pictures = Array.from(document.querySelectorAll(".picture"));
  const some = (data) => data.environments.split("\n").filter(Boolean);
  function show(picture, at) {
    const box = picture.querySelector(".sets select");
    if (box) box.selectedIndex = at;
    picture.querySelectorAll(".graph").forEach((graph, i) => (graph.hidden = i !== at));
    if (picture.querySelector("details").open) draw(picture);
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
    const all = levels.size === form.querySelectorAll("[name=level]").length && !["text", "check", "input", "environment"].some(value);
    if (!all) allRows();
    const words = value("text").toLowerCase().split(/\s+/).filter(Boolean);
    const check = value("check"), input = value("input"), environment = value("environment");
    let n = total - rows.length; // that are not there yet
    rows.forEach((row, i) => {
      const data = row.dataset, of = some(data);
      const show = levels.has(data.level) && (!check || data.check === check) && (!input || data.input === input) &&
        (!environment || !of.length || of.includes(environment)) && words.every((word) => text(i).includes(word));
      row.hidden = !show;
      n += show;
    });
    for (const picture of pictures) picture.hidden = Boolean(input && picture.dataset.input && picture.dataset.input !== input) || !turn(picture, environment);
    shown.textContent = n + " of " + total;
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
    if (by > 0 && at + 1 >= rows.length - 1) allRows();
    for (let i = at + by; i >= 0 && i < rows.length; i += by) if (!rows[i].hidden) return go(i);
  }
  function open(target) {
    const from = target.closest ? target.closest("[data-finding]") : null;
    if (!from) return false;
    const id = "f" + from.dataset.finding;
    if (!document.getElementById(id)) allRows();
    const row = document.getElementById(id);
    if (!row) return false;
    if (row.hidden) clear();
    go(rows.indexOf(row));
    return true;
  }
  form.addEventListener("input", filter);
  for (const picture of pictures) {
    const box = picture.querySelector(".sets select");
    if (box) box.addEventListener("input", () => show(picture, box.selectedIndex));
    picture.querySelector("details").addEventListener("toggle", () => draw(picture));
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
  addEventListener("beforeprint", () => {
    for (const closed of document.querySelectorAll("details")) closed.open = true;
    pictures.forEach(draw);
    allRows();
  });
  function rest() { // while nobody waits: searches of the browser find it then
    if (someRows() || pictures.some(draw)) setTimeout(rest, 10);
  }
  addEventListener("load", () => setTimeout(rest, 100));
  filter();
  const linked = /^#f\d+$/.test(location.hash) && !document.querySelector(location.hash);
  if (linked) {
    allRows();
    location.replace(location.hash);
  }
})();
