/* Puts rows in order by Alt and an arrow key, or by dragging; both press the buttons that are there without it. */
"use strict";

(() => {
  const table = document.querySelector("table[data-orders]");
  if (!table) return;
  const rows = () => [...table.querySelectorAll("tr[data-place]")];

  function move(row, place) {
    const form = row.querySelector("form.mover");
    const button = form.querySelector("button[data-way]");
    button.value = String(place);
    form.requestSubmit(button);
  }

  table.addEventListener("keydown", (event) => {
    const row = event.target.closest("tr[data-place]");
    if (!row || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    const place = Number(row.dataset.place) + (event.key === "ArrowUp" ? -1 : 1);
    if (place >= 0 && place < rows().length) move(row, place);
  });

  let dragged = null;
  for (const row of rows()) {
    row.draggable = true;
    row.addEventListener("dragstart", (event) => { dragged = row; event.dataTransfer.effectAllowed = "move"; });
    row.addEventListener("dragover", (event) => { if (dragged) event.preventDefault(); });
    row.addEventListener("drop", (event) => {
      event.preventDefault();
      if (dragged && dragged !== row) move(dragged, Number(row.dataset.place));
      dragged = null;
    });
  }
})();
