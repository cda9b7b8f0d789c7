// A table wider than its place scrolls inside itself; then the keyboard must be able to reach it.

function open(scroller) {
  const wide = scroller.scrollWidth > scroller.clientWidth + 1;
  scroller.toggleAttribute("tabindex", wide);
  if (wide) {
    scroller.tabIndex = 0;
    // A group and not a region: several on a page with one name would confuse as landmarks.
    scroller.setAttribute("role", "group");
    scroller.setAttribute("aria-label", scroller.dataset.scroll);
  } else {
    scroller.removeAttribute("role");
    scroller.removeAttribute("aria-label");
  }
}

const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => open(target)));

export function openScrollers(root) {
  root.querySelectorAll("[data-scroll]").forEach((scroller) => observer.observe(scroller));
}
