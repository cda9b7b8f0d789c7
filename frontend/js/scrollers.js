// A table wider than its place scrolls inside itself; then the keyboard must be able to reach it.

function open(scroller) {
  const wide = scroller.scrollWidth > scroller.clientWidth + 1;
  scroller.toggleAttribute("tabindex", wide);
  if (wide) {
    scroller.tabIndex = 0;
    scroller.setAttribute("role", "region");
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
