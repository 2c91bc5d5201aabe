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
  function filter() {
    const levels = new Set(Array.from(form.querySelectorAll("[name=level]:checked"), (box) => box.value));
    const words = value("text").toLowerCase().split(/\s+/).filter(Boolean);
    const check = value("check"), input = value("input"), environment = value("environment");
    let n = 0;
    rows.forEach((row, i) => {
      const data = row.dataset, some = data.environments.split("\n").filter(Boolean);
      const show = levels.has(data.level) && (!check || data.check === check) && (!input || data.input === input) &&
        (!environment || !some.length || some.includes(environment)) && words.every((word) => text(i).includes(word));
      row.hidden = !show;
      n += show;
    });
    for (const picture of document.querySelectorAll(".picture")) picture.hidden = Boolean(input && picture.dataset.input && picture.dataset.input !== input);
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
