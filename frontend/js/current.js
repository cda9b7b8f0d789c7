// A list that scrolls inside itself opens at the place where one is.

export function showCurrent(root) {
  root.querySelectorAll(".conduct-agenda").forEach((list) => {
    const here = list.querySelector("[aria-current]");
    if (here) {
      const below = here.getBoundingClientRect().top - list.getBoundingClientRect().top;
      list.scrollTop += below - list.clientHeight / 3;
    }
  });
  root.querySelectorAll(".tabs-line").forEach((line) => {
    const here = line.querySelector("[aria-current]");
    if (here) {
      const along = here.getBoundingClientRect().left - line.getBoundingClientRect().left;
      line.scrollLeft = along - line.clientWidth / 3;
    }
  });
}
