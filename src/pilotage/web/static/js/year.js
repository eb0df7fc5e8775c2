// The year view without loading the page anew: a button sends its small form and its row comes back. Without this the
// same forms load the page.
"use strict";
(() => {
  const table = document.querySelector("table.year");
  if (!table) return;
  table.addEventListener("submit", async event => {
    const form = event.target, row = form.closest("tr");
    const data = new FormData(form, event.submitter);
    event.preventDefault();
    if (row.getAttribute("aria-busy")) return;
    row.setAttribute("aria-busy", "true");
    const focused = event.submitter && event.submitter.id, open = Boolean(row.querySelector("details[open]"));
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Part": "row" }, redirect: "manual" });
      const html = answer.ok || answer.status === 422 ? await answer.text() : "";
      const part = document.createElement("template");
      part.innerHTML = html;
      const fresh = part.content.querySelector("tr");
      if (!fresh) throw new Error("no row");
      if (open) { const details = fresh.querySelector("details"); if (details) details.open = true; }
      row.replaceWith(fresh);
      const target = focused && document.getElementById(focused);
      if (target && !target.disabled) target.focus();
      else { const other = fresh.querySelector("button:not([disabled])"); if (other) other.focus(); }
    } catch {
      // No connection, or signed out: the ordinary way says what is wrong and keeps what was sent.
      const hidden = document.createElement("input");
      hidden.type = "hidden"; hidden.name = "by"; hidden.value = data.get("by") || "set";
      form.append(hidden);
      row.removeAttribute("aria-busy");
      form.submit();
    }
  });
})();
