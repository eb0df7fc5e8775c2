// The room of a meeting on a bad line: what is typed is kept in this browser at once, sent when the line is there, and
// taken once, whatever happens on the way. Each thing to send is an entry with a key of its own, kept under its own name
// for this person and this meeting until the server has said yes. Without this script the page is plain forms.
"use strict";
(() => {
  const root = document.getElementById("room");
  if (!root || !root.dataset.user) return;
  const words = JSON.parse(root.dataset.words);
  const terms = JSON.parse(root.dataset.terms);
  const sign = document.getElementById("room-sign");
  const QUIET_MS = 1500, LONGEST_WAIT_MS = 60000, SEND_MS = 30000;
  const stem = `room:${root.dataset.user}:${root.dataset.meeting}:`;
  const said = (text, values) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map(one => one.toString(16).padStart(2, "0")).join("");
  document.documentElement.classList.add("scripted");
  document.querySelectorAll(".only-script").forEach(one => { one.hidden = false; });

  // What is kept: one item of the store for each entry and each unfinished form, so that two windows never overwrite
  // each other's. Where the browser keeps nothing, memory serves, and the sign says so.
  const memory = new Map();
  let keeps = true;
  const store = {
    get: name => { try { return JSON.parse(localStorage.getItem(stem + name)) ?? memory.get(name) ?? null; } catch { return memory.get(name) ?? null; } },
    set: (name, value) => { try { localStorage.setItem(stem + name, JSON.stringify(value)); } catch { keeps = false; memory.set(name, value); } },
    drop: name => { memory.delete(name); try { localStorage.removeItem(stem + name); } catch { /* kept nothing */ } },
    names: prefix => {
      const found = [...memory.keys()];
      try { for (let at = 0; at < localStorage.length; at++) { const name = localStorage.key(at); if (name.startsWith(stem)) found.push(name.slice(stem.length)); } } catch { /* kept nothing */ }
      return [...new Set(found)].filter(name => name.startsWith(prefix));
    },
  };
  let last = 0;
  const place = () => { last = Math.max(last + 1, Date.now()); return last; };
  const entries = () => store.names("e:").map(name => store.get(name)).filter(Boolean).sort((one, two) => one.place - two.place);
  const keep = entry => store.set(`e:${entry.key}`, entry);
  const forget = entry => store.drop(`e:${entry.key}`);
  const still = entry => store.get(`e:${entry.key}`);

  const fieldsOf = (form, within = form) => [...form.elements]
    .filter(one => one.name && (within === form || within.contains(one) || (one.type === "hidden" && !one.closest("[data-seat]"))))
    .filter(one => !["csrfmiddlewaretoken", "key", "was"].includes(one.name))
    .filter(one => !["checkbox", "radio"].includes(one.type) || one.checked)
    .map(one => [one.name, one.value]);
  const typedOf = form => [...form.elements].filter(one => one.name && one.type !== "hidden")
    .map(one => [one.name, one.type === "checkbox" ? one.checked : one.value]);
  const fill = (form, typed) => typed.forEach(([name, value]) => {
    const one = form.elements.namedItem(name);
    if (!one) return;
    if (typeof value === "boolean") one.checked = value; else one.value = value;
  });
  const formOf = box => document.getElementById(`box-${box}`);
  const boxOf = form => form.elements.namedItem("box").value;
  const signOf = form => form.querySelector("[data-sign]");
  const tell = (form, text, is = "") => { const one = form && signOf(form); if (one) { one.textContent = text; one.dataset.is = is; } };

  // Sending, one entry after the other in the order in which they were made: attendance before the decision that needs it.
  let busy = false, trouble = "", wait = 1000, timer = 0, lastSaved = "";
  const soon = ms => { clearTimeout(timer); timer = setTimeout(send, ms); };
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]").value;

  async function send() {
    if (busy) return;
    busy = true;
    try {
      if (navigator.locks) await navigator.locks.request(stem, sendAll);
      else await sendAll();
    } finally {
      busy = false;
      show();
    }
  }

  async function sendAll() {
    for (;;) {
      const now = Date.now();
      const ready = entries().filter(one => one.is === "waiting");
      const next = ready.find(one => (one.not_before || 0) <= now);
      if (!next) {
        if (ready.length) soon(Math.max(200, ready[0].not_before - now));
        return;
      }
      // From here on the entry stays as it is: should the answer be lost, the same is sent again under the same key.
      next.frozen = true;
      keep(next);
      tell(formOf(next.box), words.sending);
      let response;
      const stop = new AbortController();
      const bell = setTimeout(() => stop.abort(), SEND_MS);
      try {
        const body = new URLSearchParams([...next.fields, ["was", next.was || ""], ["key", next.key]]);
        const headers = { "X-Room": "1", "X-Room-User": root.dataset.user, "X-CSRFToken": token(), Accept: "application/json" };
        response = await fetch(location.pathname, { method: "POST", body, headers, credentials: "same-origin", redirect: "error", signal: stop.signal });
        const json = response.headers.get("Content-Type")?.includes("json") ? await response.json() : null;
        if (!taken(next, response.status, json)) return;
      } catch {
        trouble = "offline";
        retry();
        return;
      } finally {
        clearTimeout(bell);
      }
    }
  }

  function retry() {
    soon(wait * (0.8 + Math.random() * 0.4));
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    entries().filter(one => one.is === "waiting").forEach(one => tell(formOf(one.box), words.kept, "waiting"));
  }

  // What the server said. False stops the sending for now.
  function taken(entry, status, answer) {
    if (status === 401 || status === 403 || (status === 200 && !answer)) {
      trouble = answer?.why === "other" ? "other" : "signed_out";
      retry();
      return false;
    }
    if (status >= 500 || status === 429 || status === 408 || !answer) {
      trouble = "offline";
      retry();
      return false;
    }
    trouble = "";
    wait = 1000;
    if (status === 409) {
      Object.assign(entry, { is: "conflict", theirs: answer.theirs, chosen: answer.chosen, by: answer.by, theirs_was: answer.was });
      // What was written on meanwhile is the later of one's own texts.
      const later = entry.same ? entries().filter(one => one.box === entry.box && one.key !== entry.key && one.is === "waiting") : [];
      later.forEach(one => { entry.fields = one.fields; forget(one); });
    }
    else if (status >= 400) Object.assign(entry, { is: "refused", problems: answer.problems || [String(status)] });
    else {
      forget(entry);
      lastSaved = answer.at;
      const form = formOf(entry.box);
      if (answer.was !== undefined && form) {
        form.dataset.was = answer.was;
        entries().filter(one => one.box === entry.box && one.is === "waiting" && !one.frozen).forEach(one => { one.was = answer.was; keep(one); });
      }
      tell(form, said(words.saved, { time: answer.at }));
      if (answer.html && answer.part) document.querySelectorAll(`[data-part="${answer.part}"]`).forEach(part => { part.innerHTML = answer.html; part.querySelectorAll("form[data-room]").forEach(restore); });
      if (answer.part === "quorum") countQuorum();
      announce(answer.said);
      return true;
    }
    keep(entry);
    return true;
  }

  // Making entries.
  const anchorOf = form => form.closest("[data-item]")?.id ?? "";
  function put(form, fields, more = {}) {
    const box = boxOf(form);
    const open = more.same ? entries().find(one => one.box === box && one.same === more.same && !one.frozen && one.is === "waiting") : null;
    const entry = open ?? { key: newKey(), place: place(), box, was: form.dataset.was ?? form.elements.namedItem("was")?.value ?? "", is: "waiting", item: anchorOf(form) };
    Object.assign(entry, { fields }, more);
    keep(entry);
    return entry;
  }

  function saveText(form, quiet = QUIET_MS) {
    const box = boxOf(form);
    const torn = entries().find(one => one.box === box && one.is === "conflict");
    if (torn) {
      torn.fields = fieldsOf(form);
      keep(torn);
      return;
    }
    entries().filter(one => one.box === box && one.is === "refused").forEach(forget);
    put(form, fieldsOf(form), { same: "text", not_before: Date.now() + quiet });
    tell(form, words.kept, "waiting");
    soon(quiet + 20);
    show();
  }

  function saveSeat(row) {
    const form = row.closest("form");
    const name = row.querySelector("[name^=name-]");
    const there = row.querySelector("[name^=present-]");
    const other = row.querySelector("[name^=alternate-]");
    if (document.activeElement === other && other.checked) there.checked = true;
    if (!there.checked) other.checked = false;
    const fields = [["do", "seats"], ["box", boxOf(form)], ["seat", row.dataset.seat]];
    for (const one of [there, other]) if (one.checked) fields.push([one.name, "on"]);
    fields.push([name.name, name.value]);
    put(form, fields, { same: `seat-${row.dataset.seat}`, not_before: Date.now() + 400 });
    tell(form, words.kept, "waiting");
    countQuorum();
    soon(420);
    show();
  }

  function add(form) {
    const label = [...form.elements].filter(one => one.name && one.type !== "hidden" && one.tagName !== "BUTTON")
      .map(one => one.type === "checkbox" ? "" : one.tagName === "SELECT" ? one.selectedOptions[0]?.text : one.value).filter(Boolean).join(" · ");
    put(form, fieldsOf(form), { typed: typedOf(form), label: label || form.querySelector("button").textContent });
    store.drop(`d:${boxOf(form)}`);
    [...form.elements].filter(one => one.name && one.type !== "hidden").forEach(one => { if (one.type === "checkbox") one.checked = false; else if (one.tagName === "SELECT") one.selectedIndex = 0; else one.value = ""; });
    form.querySelector(".refused")?.remove();
    tell(form, "");
    soon(0);
    show();
  }

  function keepDraft(form) {
    const typed = typedOf(form);
    const empty = typed.every(([_name, value]) => value === "" || value === false || _name === "step" || _name === "present_as");
    if (empty) store.drop(`d:${boxOf(form)}`); else store.set(`d:${boxOf(form)}`, typed);
    tell(form, empty ? "" : words.typing, "waiting");
  }

  // Bringing back what this browser keeps, after a reload or a fresh part of the page.
  function restore(form) {
    const box = boxOf(form);
    if (form.dataset.room === "save") {
      const entry = entries().filter(one => one.box === box).pop();
      const text = entry?.fields.find(([name]) => name === "text")?.[1];
      if (text !== undefined) {
        fill(form, entry.fields);
        tell(form, words.kept, "waiting");
      }
    } else if (form.dataset.room === "add") {
      const typed = store.get(`d:${box}`);
      if (!typed) return;
      fill(form, typed);
      const folded = form.closest("details");
      if (folded) folded.open = true;
      tell(form, words.typing, "waiting");
    } else {
      entries().filter(one => one.box === box).forEach(entry => {
        const key = entry.fields.find(([name]) => name === "seat")[1];
        const row = form.querySelector(`[data-seat="${key}"]`);
        if (!row) return;
        const given = new Map(entry.fields);
        row.querySelectorAll("[type=checkbox]").forEach(one => { one.checked = given.has(one.name); });
        row.querySelector("[name^=name-]").value = given.get(`name-${key}`) ?? "";
      });
    }
  }

  // Showing: the line on top, what waits under each item, what was refused or is torn between two writers.
  const make = (tag, text = "", more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
  const button = (text, act) => make("button", text, { type: "button", className: "second", onclick: act });

  const down = () => !navigator.onLine || (trouble === "offline" && entries().some(one => one.is === "waiting"));
  function show() {
    const all = entries();
    const lists = [...document.querySelectorAll(".room-waiting")];
    lists.forEach(list => { list.replaceChildren(); list.hidden = true; });
    const general = document.getElementById("room-waiting");
    for (const entry of all) {
      const adds = entry.typed !== undefined;
      if (entry.is === "waiting" && !adds) continue;
      const section = entry.item ? document.getElementById(entry.item) : null;
      const list = section?.querySelector(":scope > .room-waiting") ?? general;
      list.hidden = false;
      list.append(line(entry, adds));
    }
    const waiting = all.filter(one => one.is === "waiting").length, refused = all.length - waiting;
    sign.hidden = false;
    sign.replaceChildren();
    let is = "saved", text = words.all + (lastSaved ? ` ${said(words.saved, { time: lastSaved })}.` : "");
    if (waiting) { is = "waiting"; text = said(words.waiting, { number: waiting }); }
    if (down()) text += ` ${words.offline}`;
    if (refused) { is = "trouble"; text = `${said(words.refused, { number: refused })} ${waiting ? text : ""}`; }
    if (waiting && trouble === "signed_out") { is = "trouble"; text = words.signin; }
    if (waiting && trouble === "other") { is = "trouble"; text = words.other; }
    if (!keeps) { is = "trouble"; text += ` ${words.full}`; }
    sign.dataset.is = is;
    sign.append(make("span", text));
    if (waiting && (trouble === "signed_out" || trouble === "other")) sign.append(make("a", words.signin_link, { href: `${root.dataset.login}?next=${encodeURIComponent(location.pathname)}`, target: "_blank", rel: "opener" }));
  }

  function line(entry, adds) {
    const row = make("li");
    row.dataset.is = entry.is;
    const form = formOf(entry.box);
    if (entry.is === "waiting") {
      row.append(make("p", entry.label), make("p", words.kept, { className: "quiet-text" }));
      return row;
    }
    if (entry.is === "refused") {
      row.setAttribute("role", "alert");
      entry.problems.forEach(one => row.append(make("p", one)));
      const text = entry.label ?? entry.fields.find(([name]) => name === "text")?.[1];
      if (text) row.append(make("blockquote", text));
      if (form && adds) row.append(button(words.back, () => { forget(entry); fill(form, entry.typed); const folded = form.closest("details"); if (folded) folded.open = true; keepDraft(form); show(); form.querySelector("textarea, input:not([type=hidden])").focus(); }), " ");
      else if (form && form.dataset.room === "save") tell(form, entry.problems.join(" "), "trouble");
      row.append(button(words.drop, () => { forget(entry); show(); if (!adds) location.reload(); }));
      return row;
    }
    row.setAttribute("role", "alert");
    row.append(make("p", said(words.conflict, { person: entry.by || words.somebody })));
    const mine = () => still(entry)?.fields.find(([name]) => name === "text")?.[1] ?? entry.label ?? "";
    // Beside a text something may be chosen: it is shown with the text, and kept with the one that is kept.
    const choice = form?.elements.namedItem("standing");
    const chosen = value => [...choice?.options ?? []].find(one => one.value === value)?.text;
    const told = (text, value) => [chosen(value), text].filter(Boolean).join(": ");
    const myChoice = () => still(entry)?.fields.find(([name]) => name === "standing")?.[1];
    const both = make("div", "", { className: "versions" });
    for (const [title, text] of [[words.their_text, told(entry.theirs, entry.chosen)], [words.your_text, told(mine(), myChoice())]]) { const one = make("div"); one.append(make("strong", title), make("p", text)); both.append(one); }
    row.append(both);
    const settle = (text, value = myChoice()) => {
      forget(entry);
      if (choice && value) choice.value = value;
      if (form.elements.namedItem("text")) form.elements.namedItem("text").value = text;
      form.dataset.was = entry.theirs_was;
      if (text !== entry.theirs || (choice && value !== entry.chosen)) saveText(form, 0); else tell(form, "");
      show();
    };
    if (form && !adds) row.append(button(words.mine, () => settle(mine())), " ", button(words.both, () => settle(`${entry.theirs}\n\n${mine()}`)), " ", button(words.theirs, () => settle(entry.theirs, entry.chosen)));
    else if (form) row.append(button(words.back, () => { forget(entry); const was = form.elements.namedItem("was"); if (was) was.value = entry.theirs_was; fill(form, entry.typed); keepDraft(form); show(); }), " ", button(words.drop, () => { forget(entry); show(); }));
    return row;
  }

  function announce(text) { if (text) sign.title = text; }

  function countQuorum() {
    const told = document.getElementById("quorum");
    const seats = [...document.querySelectorAll("[data-seat]")];
    if (!told || !seats.length || terms.share === undefined || terms.waived) return;
    const there = seat => seat.querySelector("[name^=present-]").checked;
    const voting = seats.filter(one => "voting" in one.dataset), present = voting.filter(there).length;
    const counted = said(words.counted, { present, voting: voting.length });
    const lacking = [];
    if (terms.chair && !seats.some(one => "chair" in one.dataset && there(one))) lacking.push(words.chair);
    if (terms.delegation && !seats.some(one => "delegation" in one.dataset && there(one))) lacking.push(words.delegation);
    const reached = voting.length > 0 && present * 100 >= voting.length * terms.share && !lacking.length;
    const text = reached ? said(words.quorum, { counted }) : said(words.no_quorum, { reasons: [counted, ...lacking].join("; ") });
    if (told.textContent.trim() !== text) told.firstElementChild.textContent = text;
    told.className = `quorum ${reached ? "is-reached" : "not-reached"}`;
  }

  // What people do.
  const timers = new WeakMap();
  root.addEventListener("input", event => {
    const form = event.target.closest("form[data-room]");
    if (!form || form.dataset.room === "seats") return;
    clearTimeout(timers.get(form));
    if (form.dataset.room === "save") timers.set(form, setTimeout(() => { timers.delete(form); saveText(form); }, 250));
    else keepDraft(form);
  });
  root.addEventListener("change", event => {
    const row = event.target.closest("[data-seat]");
    if (row) saveSeat(row);
    else if (event.target.closest("form[data-room=add]")) keepDraft(event.target.closest("form"));
  });
  root.addEventListener("submit", event => {
    const form = event.target.closest("form[data-room]");
    if (!form) return;
    event.preventDefault();
    if (form.dataset.room === "save") saveText(form, 0);
    else if (form.dataset.room === "add") add(form);
  });
  const flush = () => document.querySelectorAll("form[data-room=save]").forEach(form => { if (timers.has(form)) { clearTimeout(timers.get(form)); timers.delete(form); saveText(form, 0); } });
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", () => { if (document.hidden) flush(); else { wait = 1000; soon(0); } });
  addEventListener("online", () => { wait = 1000; soon(0); });
  addEventListener("offline", show);
  addEventListener("storage", event => { if (event.key?.startsWith(stem)) show(); });
  // Without a line the page cannot be loaded anew: the browser asks before it goes. What was typed is kept in any case.
  addEventListener("beforeunload", event => { if (down() || (!keeps && entries().length)) event.preventDefault(); });

  const items = () => [...document.querySelectorAll("[data-item]")];
  const present = () => document.activeElement.closest("[data-item]") ?? items().find(one => one.getBoundingClientRect().bottom > 120) ?? items()[0];
  const go = item => { if (item) { item.scrollIntoView({ block: "start" }); (item.querySelector("textarea") ?? item.querySelector("summary"))?.focus({ preventScroll: true }); } };
  const open = (item, which) => { const folded = item?.querySelector(`[data-adds=${which}]`); if (folded) { folded.open = true; folded.querySelector("textarea").focus(); } };
  addEventListener("keydown", event => {
    const item = present();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { const form = event.target.closest?.("form[data-room]"); if (form) { event.preventDefault(); form.requestSubmit(); } }
    else if (event.altKey && (event.key === "PageDown" || event.key === "PageUp")) { event.preventDefault(); go(items()[items().indexOf(item) + (event.key === "PageDown" ? 1 : -1)]); }
    else if (event.key === "F2") { event.preventDefault(); (item?.querySelector("textarea[data-key=F2]") ?? item?.querySelector("textarea"))?.focus(); }
    else if (event.key === "F8") { event.preventDefault(); open(item, "decision"); }
    else if (event.key === "F9") { event.preventDefault(); open(item, "action"); }
  });

  document.querySelectorAll("form[data-room]").forEach(restore);
  countQuorum();
  show();
  soon(0);
})();
