// Ctrl-K, or Command-K, leads to the search: into its box, or to its page where there is no room.

export function reachSearch() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || !isSearchKey(event)) {
      return;
    }
    const boxes = [...document.querySelectorAll("#search-q, #frame-search")];
    const box = boxes.find((one) => one.offsetParent);
    const link = document.querySelector(".frame-search-link");
    if (!box && !link) {
      return;
    }
    event.preventDefault();
    if (box) {
      box.focus();
      box.select();
    } else {
      link.click();
    }
  });
}

export function isSearchKey(event) {
  const alone = !event.shiftKey && !event.altKey;
  return alone && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
}
