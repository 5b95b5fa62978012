/* Moves between the cells of an entry table by arrow keys, and keeps the sums of a week; without it the server adds up on saving. */
"use strict";

(() => {
  const form = document.querySelector("form[data-grid]");
  const table = form && form.querySelector("table.entry");
  if (!table) return;
  const cellsOf = (row) => [...row.cells].map((cell) => cell.querySelector("input:not([type=hidden]), select"));

  table.addEventListener("keydown", (event) => {
    const field = event.target;
    const isText = field.matches("input[type=text]");
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const step = event.altKey || event.ctrlKey || event.metaKey ? null : steps[event.key];
    if (!step || field.matches("select, input[type=date]")) return;
    if (step[0] && field.hasAttribute("list")) return;
    if (step[1] && isText) {
      const edge = step[1] < 0 ? 0 : field.value.length;
      const isWhole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
      if (!isWhole && (field.selectionStart !== edge || field.selectionEnd !== edge)) return;
    }
    const row = field.closest("tr");
    const place = cellsOf(row).indexOf(field) + step[1];
    const rows = [...table.tBodies[0].rows];
    const aim = rows[rows.indexOf(row) + step[0]];
    const found = aim && cellsOf(aim)[place];
    if (!found) return;
    event.preventDefault();
    found.focus();
    if (found.select) found.select();
  });

  function hours(field) {
    const text = field.value.trim();
    const clock = /^(\d{1,2}):([0-5]\d)$/.exec(text);
    const value = clock ? Number(clock[1]) + Number(clock[2]) / 60 : Number(text.replace(",", "."));
    return Number.isFinite(value) ? value : 0;
  }

  function add(fields) {
    return String(Math.round(fields.reduce((sum, field) => sum + hours(field), 0) * 10000) / 10000);
  }

  table.addEventListener("input", (event) => {
    if (!event.target.dataset.day) return;
    const row = event.target.closest("tr");
    row.querySelector("[data-row-sum]").textContent = add([...row.querySelectorAll("[data-day]")]);
    const day = event.target.dataset.day;
    table.querySelector(`[data-day-sum="${day}"]`).textContent = add([...table.querySelectorAll(`[data-day="${day}"]`)]);
    table.querySelector("[data-sum]").textContent = add([...table.querySelectorAll("[data-day]")]);
  });
})();
