// Keeps a page fresh: loads it anew every two seconds, and changes the parts of it that became different.
"use strict";

(() => {
  const PAUSE = 2000;
  const parts = [...document.querySelectorAll("[data-fresh]")];
  const seen = new Map(parts.map((part) => [part.id, part.innerHTML]));
  const button = document.getElementById("live");
  let live = true;

  // What somebody is at stays as it is until they are done: a field, a button, a text that is marked.
  const isInUse = (part) => {
    const marked = document.getSelection();
    return part.contains(document.activeElement) || (marked && !marked.isCollapsed && part.contains(marked.anchorNode));
  };

  const show = (fresh) => {
    for (const part of parts) {
      const other = fresh.getElementById(part.id);
      if (!other || other.innerHTML === seen.get(part.id) || isInUse(part)) continue;
      seen.set(part.id, other.innerHTML);
      part.replaceChildren(...other.childNodes);
    }
  };

  const say = (text) => {
    if (button.textContent !== text) button.textContent = text;
  };

  const refresh = async () => {
    const began = performance.now();
    if (live && !document.hidden) {
      try {
        const answer = await fetch(location.href, { cache: "no-store", credentials: "same-origin" });
        if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
        say("Live");
      } catch {
        say("Not reachable");
      }
    }
    // A page that takes long to make is asked for less often.
    setTimeout(refresh, Math.max(PAUSE, 10 * (performance.now() - began)));
  };

  button.hidden = false;
  button.addEventListener("click", () => {
    live = !live;
    button.setAttribute("aria-pressed", String(live));
    say(live ? "Live" : "Paused");
  });

  document.addEventListener("keydown", (event) => {
    const chooser = document.getElementById("chooser");
    if (event.key === "Escape" && chooser && chooser.open) {
      chooser.open = false;
      chooser.querySelector("summary").focus();
    }
  });

  setTimeout(refresh, PAUSE);
})();
