// What is found while one types in a box of the search: arrows choose, Enter opens, Escape closes.

const LETTERS = 3;
const PAUSE = 200; // milliseconds without a key

/** Returns which of so many is chosen after a key; -1 is none, the box itself. */
export function placeAfter(key, at, count) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[key] ?? 0;
  return ((at + 1 + step + count + 1) % (count + 1)) - 1;
}

function upgrade(form) {
  const box = form.querySelector("[name='q']");
  const list = form.querySelector("[role='listbox']");
  const status = form.querySelector("[role='status']");
  let timer;
  let asking = new AbortController();
  let asked = box.value.trim();
  let at = -1;
  // A box of the type search may not be one that opens a list.
  box.type = "text";
  box.enterKeyHint = "search";
  const traits = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  Object.entries(traits).forEach(([name, value]) => box.setAttribute(name, value));

  const choose = (place) => {
    at = place;
    [...list.children].forEach((line, number) => line.setAttribute("aria-selected", String(number === at)));
    box.removeAttribute("aria-activedescendant");
    if (at >= 0) {
      box.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  };
  const show = (isOpen) => {
    list.hidden = !isOpen;
    box.setAttribute("aria-expanded", String(isOpen));
    choose(-1);
  };
  const close = () => {
    clearTimeout(timer);
    asking.abort();
    show(false);
  };
  const ask = async () => {
    asking = new AbortController();
    try {
      const address = `${form.dataset.suggestions}?${new URLSearchParams({ q: asked })}`;
      const answer = await fetch(address, { signal: asking.signal });
      // Signed out, the answer is the page to sign in on.
      list.innerHTML = answer.ok && !answer.redirected ? await answer.text() : "";
    } catch {
      return; // overtaken by the next letter, or there is no network: the page itself says so
    }
    [...list.children].forEach((line, number) => line.setAttribute("id", `${list.id}-${number}`));
    show(list.children.length > 0);
    status.textContent = list.firstElementChild?.dataset.told ?? "";
  };

  box.addEventListener("input", () => {
    if (box.value.trim() === asked) {
      return;
    }
    asked = box.value.trim();
    clearTimeout(timer);
    asking.abort();
    if ([...asked].length < LETTERS) {
      show(false);
    } else {
      timer = setTimeout(ask, PAUSE);
    }
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) {
      return;
    }
    if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(placeAfter(event.key, at, list.children.length));
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      list.children[at].click();
    }
  });
  box.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
}

export function suggestWhileTyping() {
  document.querySelectorAll("form[data-suggestions]").forEach(upgrade);
}
