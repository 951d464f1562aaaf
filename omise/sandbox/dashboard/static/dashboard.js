// Keeps a page fresh: loads it anew every two seconds, and changes the parts of it that became different.
"use strict";

(() => {
  const PAUSE = 2000;
  const partsOf = (page) => [...page.querySelectorAll("[data-fresh]")];
  const parts = partsOf(document);
  const seen = new Map(parts.map((part) => [part.id, part.innerHTML]));
  const names = (all) => all.map((part) => part.id).join();
  const button = document.getElementById("live");
  let live = true;
  let sent = false;

  // Loaded anew, the page neither says again what was done, nor sends a form again.
  history.replaceState(null, "", document.body.dataset.here + location.hash);

  // What somebody is at stays as it is until they are done: a field, a button, a text that is marked.
  const isInUse = (part) => {
    const marked = document.getSelection();
    return part.contains(document.activeElement) || (marked && !marked.isCollapsed && part.contains(marked.anchorNode));
  };

  const replace = (part, other) => {
    const rows = new Set([...part.querySelectorAll("tr[id]")].map((row) => row.id));
    part.replaceChildren(...other.childNodes);
    for (const row of part.querySelectorAll("tr[id]")) row.classList.toggle("new", !rows.has(row.id));
  };

  const show = (fresh) => {
    if (names(partsOf(fresh)) !== names(parts)) return location.reload();
    for (const part of parts) {
      const other = fresh.getElementById(part.id);
      if (other.innerHTML === seen.get(part.id) || isInUse(part)) continue;
      seen.set(part.id, other.innerHTML);
      replace(part, other);
    }
  };

  const say = (text) => {
    button.classList.toggle("on", text === "Live");
    if (button.textContent !== text) button.textContent = text;
  };

  const refresh = async () => {
    const began = performance.now();
    if (live && !document.hidden && !sent) {
      try {
        const answer = await fetch(location.href, { cache: "no-store", credentials: "same-origin" });
        const text = await answer.text();
        if (live && !sent) {
          if (answer.ok) show(new DOMParser().parseFromString(text, "text/html"));
          say(answer.ok ? "Live" : "Gone");
        }
      } catch {
        if (live) say("Not reachable");
      }
    }
    // A page that takes long to make is asked for less often.
    setTimeout(refresh, Math.max(PAUSE, 10 * (performance.now() - began)));
  };

  button.addEventListener("click", () => {
    live = !live;
    button.setAttribute("aria-pressed", String(live));
    say(live ? "Live" : "Paused");
  });

  // A form is sent once, however often its button is pressed.
  document.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  addEventListener("pageshow", () => {
    sent = false;
  });

  document.addEventListener("keydown", (event) => {
    const chooser = document.getElementById("chooser");
    if (event.key === "Escape" && chooser && chooser.open) {
      chooser.open = false;
      chooser.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    const chooser = document.getElementById("chooser");
    if (chooser && !chooser.contains(event.target)) chooser.open = false;
  });

  // Of the form for a fault only those fields can be filled in that its kind takes.
  const form = document.getElementById("fault");
  const suit = () => {
    const takes = form.elements.kind.selectedOptions[0].dataset.takes.split(" ");
    for (const field of form.querySelectorAll("input:not([type])")) field.disabled = !takes.includes(field.name);
  };
  if (form) {
    form.addEventListener("change", suit);
    suit();
  }

  // Where the sections are a line that scrolls, the one that is shown stands in its middle.
  const nav = document.getElementById("sections");
  const chosen = nav.querySelector("[aria-current]");
  if (chosen) nav.scrollLeft = chosen.offsetLeft - (nav.clientWidth - chosen.offsetWidth) / 2;

  if (document.querySelector("main [data-fresh]")) {
    button.hidden = false;
    say("Live");
    setTimeout(refresh, PAUSE);
  }
})();
