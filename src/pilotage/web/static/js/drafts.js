// Keeps what is typed in the browser's session until it is saved: a wrong click, a refusal, an ended session or a lost
// line loses nothing. Without JavaScript the server shows again what was sent.
"use strict";
(() => {
  const words = document.documentElement.lang === "ru"
    ? { back: "Введённое ранее восстановлено; оно ещё не сохранено.", drop: "Убрать введённое", stale: "С тех пор запись изменили: сравните, прежде чем сохранять." }
    : { back: "What you had typed is back; it is not saved yet.", drop: "Drop it", stale: "The record was changed since: compare before you save." };
  // Several people may use one browser: what one typed is not shown to another.
  const who = (document.querySelector("#person p") || { textContent: "" }).textContent;
  const store = {
    get(key) { try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; } },
    set(key, value) { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden: the server still shows again what was sent */ } },
    drop(key) { try { sessionStorage.removeItem(key); } catch { /* as above */ } },
  };
  // A page that says that something was saved means the form that was sent last.
  if (document.querySelector(".message.success")) {
    const sent = store.get("draft sent");
    if (sent) store.drop(sent);
    store.drop("draft sent");
  }
  const kept = field => field.name && !["hidden", "file", "password"].includes(field.type) && !/^(move|remove|rename)$|^decide-/.test(field.name);
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const key = `draft ${location.pathname} ${form.dataset.draft}`;
    const values = () => [...form.elements].filter(kept)
      .map(e => [e.name, e.type === "checkbox" || e.type === "radio" ? [e.value, e.checked] : e.value]);
    const first = JSON.stringify(values());
    let stored = store.get(key);
    const failed = document.querySelector(".summary-of-errors, .wrong, .wrong-line");
    if (stored && (stored.who !== who || JSON.stringify(stored.values) === first)) {
      store.drop(key);
      stored = null;
    }
    if (stored && !failed) {
      const rows = new Set(stored.values.map(([name]) => name));
      form.dispatchEvent(new CustomEvent("draft-rows", { detail: rows }));
      const seen = {};
      for (const [name, value] of stored.values) {
        const same = [...form.elements].filter(e => e.name === name && kept(e));
        const at = seen[name] = (seen[name] ?? -1) + 1;
        const element = same[at];
        if (!element) continue;
        if (Array.isArray(value)) { if (element.value === value[0]) element.checked = value[1]; }
        else {
          if (element.tagName === "SELECT" && ![...element.options].some(one => one.value === value)) element.add(new Option(value, value));
          element.value = value;
        }
      }
      const note = document.createElement("p");
      note.className = "message";
      note.setAttribute("role", "status");
      note.textContent = words.back + (stored.at !== (form.dataset.at || "") ? " " + words.stale : "") + " ";
      const drop = document.createElement("button");
      drop.type = "button"; drop.className = "plain"; drop.textContent = words.drop;
      drop.addEventListener("click", () => { store.drop(key); location.reload(); });
      note.append(drop);
      form.before(note);
      form.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const keep = () => {
      const now = values();
      if (JSON.stringify(now) === first && !stored && !failed) store.drop(key);
      else store.set(key, { values: now, at: stored ? stored.at : form.dataset.at || "", who });
    };
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
    form.addEventListener("submit", () => { keep(); store.set("draft sent", key); });
    document.querySelectorAll("[data-draft-drop]").forEach(link => link.addEventListener("click", () => store.drop(key)));
  }
})();
