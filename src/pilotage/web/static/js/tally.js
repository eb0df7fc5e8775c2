// The tally by keyboard: arrows and Enter move, a block from Excel is pasted, Ctrl-Z takes back, sums run along.
// Without it the table is an ordinary form and the sums come with the next page.
"use strict";
(() => {
  const table = document.getElementById("tally");
  if (!table) return;
  const form = table.closest("form");
  const body = table.tBodies[0];
  const MOST = 300;
  const thin = number => String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  const wellWritten = text => /^[\d\s\u00a0\u202f]*$/.test(text);
  const read = text => { const digits = text.replace(/[\s\u00a0\u202f]/g, ""); return /^\d+$/.test(digits) ? Number(digits) : 0; };
  const fields = row => [...row.querySelectorAll("select, input[type=text]")];
  const mark = (field, wrong) => { if (wrong) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid"); };

  function addRows(wanted) {
    while (body.rows.length < wanted && body.rows.length < MOST) {
      const number = body.rows.length;
      const row = body.rows[body.rows.length - 1].cloneNode(true);
      row.classList.remove("wrong-line");
      for (const field of row.querySelectorAll("select, input")) {
        field.name = field.name.replace(/^r\d+-/, `r${number}-`);
        field.id = field.name;
        field.removeAttribute("aria-describedby");
        mark(field, false);
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
        mark(field, !wellWritten(field.value));
        all += number;
        columns[place] = (columns[place] || 0) + number;
      });
      row.querySelector(".row-sum").textContent = any ? thin(all) : "";
    }
    let total = 0, women = 0;
    table.querySelectorAll(".column-sum").forEach((cell, place) => {
      const number = columns[place] || 0;
      cell.textContent = thin(number);
      total += number;
      if (cell.dataset.sex === "woman") women += number;
    });
    document.getElementById("sum").textContent = thin(total);
    for (const [name, number] of [["participants", total], ["women", women]]) {
      const stated = document.getElementById(name);
      const differs = Boolean(stated.value.trim()) && (!wellWritten(stated.value) || read(stated.value) !== number);
      stated.closest(".field").classList.toggle("wrong", differs);
      mark(stated, differs);
    }
  }
  const changed = () => form.dispatchEvent(new Event("input", { bubbles: true }));

  function move(field, down, right) {
    const row = field.closest("tr");
    const place = fields(row).indexOf(field);
    const target = body.rows[row.sectionRowIndex + down];
    const next = right ? fields(row)[place + right] : target && fields(target)[place];
    if (next) { next.focus(); if (next.select) next.select(); }
    return Boolean(next);
  }

  // Every cell that was left changed, and every block that was pasted, is one step to take back.
  const done = [], undone = [];
  let before = null;
  table.addEventListener("focusin", event => { before = event.target.matches("select, input") ? [event.target, event.target.value] : null; });
  table.addEventListener("change", event => {
    if (!before || before[0] !== event.target) return;
    done.push([before]);
    undone.length = 0;
    before = [event.target, event.target.value];
  });
  function goBack(from, to) {
    const step = from.pop();
    to.push(step.map(([field]) => [field, field.value]));
    for (const [field, value] of step) field.value = value;
    step[0][0].focus();
    before = [step[0][0], step[0][0].value];
    said.textContent = "";
    changed();
  }

  table.addEventListener("keydown", event => {
    const field = event.target;
    if (!field.matches("select, input") || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      const key = event.key.toLowerCase(), redo = key === "y" || (key === "z" && event.shiftKey);
      const typing = before && before[0] === field && before[1] !== field.value;
      if ((key !== "z" && key !== "y") || typing || !(redo ? undone : done).length) return;
      event.preventDefault();
      if (redo) goBack(undone, done); else goBack(done, undone);
      return;
    }
    if (!field.matches("input")) return;
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

  // A block as Excel copies it: cells by tabs, lines by line ends, a cell with either of them in quotation marks.
  function cellsOf(text) {
    const lines = [[]];
    const cell = /("(?:[^"]|"")*"|[^\t\n]*)(\t|\n|$)/gy;
    for (let found; (found = cell.exec(text)); ) {
      const quoted = /^"[^]*"$/.test(found[1]) && found[1].length > 1;
      lines[lines.length - 1].push(quoted ? found[1].slice(1, -1).replace(/""/g, '"').replace(/\s+/g, " ") : found[1]);
      if (found[2] === "") break;
      if (found[2] === "\n") lines.push([]);
    }
    return lines;
  }
  const fold = text => text.trim().toLocaleLowerCase().replace(/ё/g, "е");
  // True where the field takes the text; what a list does not know is kept in it, marked, for the person to choose.
  function put(field, text) {
    const value = text.trim();
    if (field.tagName === "SELECT") {
      const names = option => [option.value, option.text, ...(option.dataset.also || "").split("|")].map(fold);
      const option = [...field.options].find(one => one.value && names(one).includes(fold(value)));
      if (value && !option) field.add(new Option(value, value));
      field.value = option ? option.value : value;
      mark(field, Boolean(value) && !option);
      return !value || Boolean(option);
    }
    if (!field.classList.contains("count")) { field.value = value; return true; }
    // 1,234 and 1.234 are thousands, 12.0 and 12,00 are whole numbers.
    field.value = /^\d{1,3}([.,]\d{3})+$/.test(value) ? value.replace(/[.,]/g, "") : value === "-" || value === "–" ? "" : value.replace(/[.,]0{1,2}$/, "");
    return wellWritten(field.value);
  }

  const said = document.getElementById("pasted");
  table.addEventListener("paste", event => {
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    if (!/[\t\n]/.test(text) || !event.target.matches("select, input")) return;
    event.preventDefault();
    const row = event.target.closest("tr"), first = row.sectionRowIndex;
    const place = fields(row).indexOf(event.target);
    const lines = cellsOf(text);
    addRows(first + lines.length);
    const step = [], unknown = [];
    lines.forEach((cells, down) => {
      const target = body.rows[first + down];
      if (target) cells.forEach((cell, right) => {
        const field = fields(target)[place + right];
        if (!field) return;
        step.push([field, field === event.target && before ? before[1] : field.value]);
        if (!put(field, cell)) unknown.push(`${first + down + 1}: “${cell.trim()}”`);
      });
    });
    done.push(step);
    undone.length = 0;
    before = [event.target, event.target.value];
    const left = first + lines.length - body.rows.length;
    said.textContent = [unknown.length ? `${said.dataset.unknown} ${unknown.slice(0, 8).join("; ")}${unknown.length > 8 ? " …" : ""}` : "", left > 0 ? `${said.dataset.left} ${left}` : ""].filter(Boolean).join(" ");
    changed();
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
