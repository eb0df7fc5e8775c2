// The table of a plan by keyboard: Enter goes down a column, a block copied from Excel is pasted into the rows from the
// field on, new rows come as they are needed. Without it rows are added and pasted by the buttons below the table.
"use strict";
(() => {
  const table = document.getElementById("plan-lines");
  if (!table) return;
  const body = table.tBodies[0];
  const ORDER = ["title_en", "title_ru", "component", "type", "activity", "baseline_start", "baseline_end", "cost_estimate"];
  const rows = () => [...body.rows].filter(row => row.id.startsWith("row-"));
  const column = field => field.name.replace(/^[ln]\d+-/, "");
  const at = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const fold = text => text.trim().toLocaleLowerCase();

  const MOST = Number(table.dataset.most);
  const first = Number((/\d+/.exec(table.querySelector("tbody input[aria-label]")?.getAttribute("aria-label")) || [1])[0]);
  function addRow(wanted) {
    const fresh = rows().filter(row => row.id.startsWith("row-n")), last = fresh.at(-1);
    if (!last || fresh.length >= MOST) return null;
    const number = wanted ?? Number(last.id.slice(5)) + 1, place = first + rows().length;
    const row = last.cloneNode(true);
    row.id = `row-n${number}`;
    row.classList.remove("wrong-line");
    for (const field of row.querySelectorAll("input, select")) {
      field.name = field.name.replace(/^n\d+-/, `n${number}-`);
      field.removeAttribute("aria-invalid");
      field.setAttribute("aria-label", (field.getAttribute("aria-label") || "").replace(/\d+/, place));
      if (field.tagName === "INPUT") field.value = "";
    }
    body.append(row);
    return row;
  }

  function day(text) {
    let found = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text);
    if (found) return `${found[3]}-${found[2].padStart(2, "0")}-${found[1].padStart(2, "0")}`;
    found = /^(\d{1,2})[./](\d{4})$/.exec(text);
    return found ? `${found[2]}-${found[1].padStart(2, "0")}` : text;
  }

  function put(field, text) {
    const value = text.trim();
    if (field.tagName === "SELECT") {
      const wanted = column(field) === "component" ? value.replace(/^(\w+)\.\s.*$/, "$1") : value;
      const option = [...field.options].find(one => fold(one.value) === fold(wanted) || fold(one.text) === fold(wanted));
      if (option) field.value = option.value;
      field.toggleAttribute("aria-invalid", Boolean(value) && !option);
    } else field.value = column(field).startsWith("baseline") ? day(value) : value;
  }

  table.addEventListener("paste", event => {
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    if (!/[\t\n]/.test(text) || !event.target.matches("input, select")) return;
    const first = ORDER.indexOf(column(event.target));
    if (first < 0) return;
    event.preventDefault();
    let place = rows().indexOf(event.target.closest("tr"));
    const lines = text.split("\n");
    while (lines.length) {
      const row = rows()[place] || addRow();
      if (!row) break;
      lines.shift().split("\t").forEach((cell, number) => { const field = ORDER[first + number] && at(row, ORDER[first + number]); if (field) put(field, cell); });
      place += 1;
    }
    if (lines.length) {
      // No room for more new rows: the rest waits in the field below, for after the next saving.
      const field = document.getElementById("pasted");
      field.value = lines.join("\n");
      field.closest("details").open = true;
      document.getElementById("pasted-left").hidden = false;
      field.focus();
    }
    table.closest("form").dispatchEvent(new Event("input", { bubbles: true }));
  });

  table.addEventListener("keydown", event => {
    const field = event.target;
    if (event.key !== "Enter" || !field.matches("input:not([type=checkbox])") || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const all = rows(), place = all.indexOf(field.closest("tr")) + (event.shiftKey ? -1 : 1);
    const row = all[place] || (event.shiftKey ? null : addRow());
    const next = row && at(row, column(field));
    if (next) { next.focus(); next.select(); }
  });

  // A draft that comes back may have more rows than the page.
  table.closest("form").addEventListener("draft-rows", event => {
    const numbers = new Set([...event.detail].map(name => (/^n(\d+)-/.exec(name) || [])[1]).filter(Boolean));
    for (const number of [...numbers].map(Number).sort((one, two) => one - two)) if (!document.getElementById(`row-n${number}`)) addRow(number);
  });
})();
