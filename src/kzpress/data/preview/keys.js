// j and k go to the next and previous finding, n to the next sentence that is not approved. The page works without.
(() => {
  "use strict";
  const STOPS = { finding: ".finding:not(.acknowledged)", open: ".row:not(.approved)" };
  const KEYS = { j: ["finding", 1], k: ["finding", -1], n: ["open", 1] };
  const at = document.getElementById("at");
  let here = null;

  const isAfter = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);

  const go = (what, step) => {
    const stops = [...document.querySelectorAll(STOPS[what])];
    if (!stops.length) {
      at.textContent = at.dataset.none;
      return;
    }
    const from = document.querySelector(":target") && !here ? document.querySelector(":target") : here;
    const ahead = stops.filter((stop) => !from || (step > 0 ? isAfter(from, stop) : isAfter(stop, from)));
    const next = step > 0 ? ahead[0] || stops[0] : ahead.at(-1) || stops.at(-1);
    here = next;
    next.focus({ preventScroll: true });
    next.closest(".row").scrollIntoView({ block: "center" });
    at.textContent = at.dataset[what].replace("{number}", stops.indexOf(next) + 1).replace("{total}", stops.length);
  };

  document.addEventListener("keydown", (event) => {
    const wanted = KEYS[event.key];
    if (wanted && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      go(...wanted);
    }
  });
  document.addEventListener("focusin", (event) => {
    here = event.target.closest(".finding, .row") || here;
  });
  document.getElementById("keys").hidden = false;
})();
