// Keeps what is typed in the browser's session until it is saved: a wrong click, a refusal or an ended session loses
// nothing. Without JavaScript the server shows what was sent again.
"use strict";
(() => {
  const words = document.documentElement.lang === "ru"
    ? { back: "Введённое ранее восстановлено; оно ещё не сохранено.", drop: "Убрать введённое", stale: "С тех пор запись изменили: сравните, прежде чем сохранять." }
    : { back: "What you had typed is back; it is not saved yet.", drop: "Drop it", stale: "The record was changed since: compare before you save." };
  const kept = name => !/^(csrfmiddlewaretoken|version|move|remove|rename)$|^decide-/.test(name);
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const key = `draft ${location.pathname} ${form.dataset.draft}`;
    const values = () => [...form.elements].filter(e => e.name && kept(e.name) && e.type !== "file")
      .map(e => [e.name, e.type === "checkbox" || e.type === "radio" ? [e.value, e.checked] : e.value]);
    const first = JSON.stringify(values());
    let stored = null;
    try { stored = JSON.parse(sessionStorage.getItem(key)); } catch { stored = null; }
    const failed = document.querySelector(".summary-of-errors, .wrong, .wrong-line");
    // Sent, and here is the form anew without a complaint: it was saved, unless a sign-in came between.
    const sent = sessionStorage.getItem("draft sent") === key;
    if (sent) sessionStorage.removeItem("draft sent");
    if (stored && (JSON.stringify(stored.values) === first || (sent && !failed && !document.referrer.includes("/account/")))) {
      sessionStorage.removeItem(key);
      stored = null;
    }
    if (stored && !failed) {
      const rows = new Set(stored.values.map(([name]) => name));
      form.dispatchEvent(new CustomEvent("draft-rows", { detail: rows }));
      const seen = {};
      for (const [name, value] of stored.values) {
        const same = [...form.elements].filter(e => e.name === name);
        const at = seen[name] = (seen[name] ?? -1) + 1;
        const element = same[at];
        if (!element) continue;
        if (Array.isArray(value)) { if (element.value === value[0]) element.checked = value[1]; }
        else element.value = value;
      }
      const note = document.createElement("p");
      note.className = "message";
      note.setAttribute("role", "status");
      note.textContent = words.back + (stored.at !== (form.dataset.at || "") ? " " + words.stale : "") + " ";
      const drop = document.createElement("button");
      drop.type = "button"; drop.className = "plain"; drop.textContent = words.drop;
      drop.addEventListener("click", () => { sessionStorage.removeItem(key); location.reload(); });
      note.append(drop);
      form.before(note);
      form.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const keep = () => {
      const now = values();
      try {
        if (JSON.stringify(now) === first && !stored) sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, JSON.stringify({ values: now, at: form.dataset.at || "" }));
      } catch { /* full or forbidden: the server still shows again what was sent */ }
    };
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
    form.addEventListener("submit", () => { keep(); try { sessionStorage.setItem("draft sent", key); } catch { /* as above */ } });
    document.querySelectorAll("[data-draft-drop]").forEach(link => link.addEventListener("click", () => sessionStorage.removeItem(key)));
  }
})();
