// Looks again at a page that tells of work under way: only the part that tells is replaced, so nothing jumps.
(function look() {
  const part = document.querySelector("[data-refresh]");
  if (!part) return;
  setTimeout(async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer || !answer.ok) return look();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-refresh]");
    if (!fresh) return location.reload();
    if (fresh.querySelector("h2").textContent !== part.querySelector("h2").textContent) part.replaceWith(fresh);
    else {
      part.querySelectorAll("progress, p").forEach((old, place) => {
        const now = fresh.querySelectorAll("progress, p")[place];
        if (now && !old.classList.contains("help")) old.replaceWith(now.cloneNode(true));
      });
    }
    look();
  }, Number(part.dataset.refresh));
})();
