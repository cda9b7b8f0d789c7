// A sorted column says so on its heading cell, which the link inside cannot do.

export function announceSorting(root) {
  for (const link of root.querySelectorAll("[data-sorted]")) {
    link.closest("th")?.setAttribute("aria-sort", link.dataset.sorted);
  }
}
