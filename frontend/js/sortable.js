// A list whose order is changed by dragging. Up and Down beside each line are the way without a
// mouse; they are plain forms and know nothing of this file.

const token = () => document.querySelector("meta[name='csrf-token']")?.content ?? "";

/** Returns a sentence with {title}, {place} and {count} filled in. */
export function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Returns the index among the other lines' middles at which a line dragged to y belongs. */
export function placeAt(y, middles) {
  const below = middles.findIndex((middle) => y < middle);
  return below === -1 ? middles.length : below;
}

function idsOf(list) {
  return [...list.children].map((line) => line.dataset.id);
}

async function post(list) {
  const body = new URLSearchParams(idsOf(list).map((id) => ["order", id]));
  const headers = { "X-CSRFToken": token() };
  const response = await fetch(list.dataset.sortableUrl, { method: "POST", body, headers });
  if (!response.ok) {
    throw new Error(`order refused: ${response.status}`);
  }
}

function announce(list, sentence, line) {
  const lines = [...list.children];
  const values = { title: line.dataset.title, place: lines.indexOf(line) + 1, count: lines.length };
  list.nextElementSibling.textContent = filled(sentence, values);
}

function restore(list, ids) {
  const byId = new Map([...list.children].map((line) => [line.dataset.id, line]));
  ids.forEach((id) => list.append(byId.get(id)));
}

async function save(list, line, before) {
  if (idsOf(list).join() === before.join()) {
    return;
  }
  try {
    await post(list);
    announce(list, list.dataset.moved, line);
  } catch {
    restore(list, before);
    announce(list, list.dataset.failed, line);
  }
}

function follow(list, line, y) {
  const others = [...list.children].filter((other) => other !== line);
  const middles = others.map((other) => {
    const box = other.getBoundingClientRect();
    return box.top + box.height / 2;
  });
  const next = others[placeAt(y, middles)] ?? null;
  if (line.nextElementSibling !== next) {
    list.insertBefore(line, next);
  }
}

function makeHandle(list, line) {
  const handle = document.createElement("span");
  handle.className = "drag-handle";
  handle.setAttribute("aria-hidden", "true");
  handle.addEventListener("pointerdown", (start) => {
    const before = idsOf(list);
    start.preventDefault();
    line.classList.add("is-dragged");
    const move = (event) => follow(list, line, event.clientY);
    const drop = () => {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerup", drop);
      document.removeEventListener("pointercancel", drop);
      line.classList.remove("is-dragged");
      save(list, line, before);
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", drop);
    document.addEventListener("pointercancel", drop);
  });
  return handle;
}

export function sortLists(root) {
  for (const list of root.querySelectorAll("[data-sortable]:not(.is-sortable)")) {
    list.classList.add("is-sortable");
    for (const line of list.children) {
      line.prepend(makeHandle(list, line));
    }
  }
}
