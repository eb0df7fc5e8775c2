// The tally by keyboard: arrows and Enter move, a block from Excel is pasted, sums run along. Without it the table is
// an ordinary form and the sums come with the next page.
"use strict";
(() => {
  const table = document.getElementById("tally");
  if (!table) return;
  const form = table.closest("form");
  const body = table.tBodies[0];
  const thin = number => String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  const read = text => { const digits = text.replace(/[\s\u00a0\u202f]/g, ""); return /^\d+$/.test(digits) ? Number(digits) : 0; };
  const fields = row => [...row.querySelectorAll("select, input[type=text]")];

  function addRows(wanted) {
    while (body.rows.length < wanted && body.rows.length < 300) {
      const number = body.rows.length;
      const row = body.rows[body.rows.length - 1].cloneNode(true);
      row.classList.remove("wrong-line");
      for (const field of row.querySelectorAll("select, input")) {
        field.name = field.name.replace(/^r\d+-/, `r${number}-`);
        field.removeAttribute("aria-invalid");
        field.setAttribute("aria-label", (field.getAttribute("aria-label") || "").replace(/\d+/, number + 1));
        if (field.type === "hidden") field.remove(); else field.value = "";
      }
      row.querySelector("output").textContent = "";
      body.append(row);
    }
  }

  function sum() {
    const columns = [];
    for (const row of body.rows) {
      let all = 0, any = false;
      row.querySelectorAll(".count").forEach((field, place) => {
        const number = read(field.value);
        if (field.value.trim()) any = true;
        field.toggleAttribute("aria-invalid", Boolean(field.value.trim()) && !/^[\d\s\u00a0\u202f]+$/.test(field.value));
        all += number;
        columns[place] = (columns[place] || 0) + number;
      });
      row.querySelector(".row-sum").textContent = any ? thin(all) : "";
    }
    table.querySelectorAll(".column-sum").forEach((cell, place) => { cell.textContent = thin(columns[place] || 0); });
    const total = columns.reduce((a, b) => a + b, 0);
    const shown = document.getElementById("sum");
    shown.textContent = thin(total);
    const stated = document.getElementById("participants");
    stated.closest(".field").classList.toggle("wrong", Boolean(stated.value.trim()) && read(stated.value) !== total);
  }

  function move(field, down, right) {
    const row = field.closest("tr");
    const place = fields(row).indexOf(field);
    const target = body.rows[row.sectionRowIndex + down];
    const next = right ? fields(row)[place + right] : target && fields(target)[place];
    if (next) { next.focus(); if (next.select) next.select(); }
    return Boolean(next);
  }

  table.addEventListener("keydown", event => {
    const field = event.target;
    if (!field.matches("input") || event.altKey || event.ctrlKey || event.metaKey) return;
    const count = field.classList.contains("count");
    if (event.key === "Enter") {
      event.preventDefault();
      if (!event.shiftKey && field.closest("tr").sectionRowIndex === body.rows.length - 1) addRows(body.rows.length + 1);
      move(field, event.shiftKey ? -1 : 1, 0);
    } else if (count && event.key === "ArrowDown") { event.preventDefault(); move(field, 1, 0); }
    else if (count && event.key === "ArrowUp") { event.preventDefault(); move(field, -1, 0); }
    else if (count && event.key === "ArrowLeft" && field.selectionStart === 0) { if (move(field, 0, -1)) event.preventDefault(); }
    else if (count && event.key === "ArrowRight" && field.selectionEnd === field.value.length) { if (move(field, 0, 1)) event.preventDefault(); }
  });

  const fold = text => text.trim().toLocaleLowerCase();
  function put(field, text) {
    const value = text.trim();
    if (field.tagName === "SELECT") {
      const option = [...field.options].find(o => o.value && (fold(o.value) === fold(value) || fold(o.text) === fold(value)));
      field.value = option ? option.value : "";
      field.toggleAttribute("aria-invalid", Boolean(value) && !option);
    } else if (field.classList.contains("count")) {
      field.value = value === "-" || value === "–" ? "" : value.replace(/[.,]0+$/, "");
    } else field.value = value;
  }

  table.addEventListener("paste", event => {
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    if (!/[\t\n]/.test(text) || !event.target.matches("select, input")) return;
    event.preventDefault();
    const row = event.target.closest("tr");
    const place = fields(row).indexOf(event.target);
    const lines = text.split("\n").map(line => line.split("\t"));
    addRows(row.sectionRowIndex + lines.length);
    lines.forEach((cells, down) => {
      const target = body.rows[row.sectionRowIndex + down];
      if (target) cells.forEach((cell, right) => { const field = fields(target)[place + right]; if (field) put(field, cell); });
    });
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });

  form.addEventListener("input", sum);
  form.addEventListener("draft-rows", event => {
    const numbers = [...event.detail].map(name => /^r(\d+)-/.exec(name)).filter(Boolean).map(match => Number(match[1]) + 1);
    addRows(Math.max(0, ...numbers));
  });
  const more = document.getElementById("more-lines");
  more.parentElement.hidden = false;
  more.addEventListener("click", () => {
    const first = body.rows.length;
    addRows(first + 5);
    if (body.rows[first]) fields(body.rows[first])[0].focus();
  });
  sum();
})();
