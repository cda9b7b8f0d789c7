// The row of buttons over a text. One stop for Tab; the arrow keys walk along it.

import { makeLinkForm } from "./link.js";

const chain = (editor) => editor.chain().focus();

const BUTTONS = [
  { name: "bold", icon: "format-bold", active: ["bold"], run: (e) => chain(e).toggleBold() },
  { name: "italic", icon: "format-italic", active: ["italic"], run: (e) => chain(e).toggleItalic() },
  {
    name: "heading",
    active: ["heading", { level: 3 }],
    run: (e) => chain(e).toggleHeading({ level: 3 }),
  },
  {
    name: "subheading",
    active: ["heading", { level: 4 }],
    run: (e) => chain(e).toggleHeading({ level: 4 }),
  },
  {
    name: "bullets",
    icon: "format-list-bulleted",
    active: ["bulletList"],
    run: (e) => chain(e).toggleBulletList(),
  },
  {
    name: "numbers",
    icon: "format-list-numbered",
    active: ["orderedList"],
    run: (e) => chain(e).toggleOrderedList(),
  },
  { name: "quote", icon: "our-quote", active: ["blockquote"], run: (e) => chain(e).toggleBlockquote() },
  { name: "link", icon: "link", active: ["link"] },
  {
    name: "table",
    icon: "our-table",
    run: (e) => chain(e).insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
  },
  { name: "undo", icon: "our-undo", run: (e) => chain(e).undo() },
  { name: "redo", icon: "our-redo", run: (e) => chain(e).redo() },
];
const TABLE_BUTTONS = [
  { name: "rowBelow", run: (e) => chain(e).addRowAfter() },
  { name: "columnRight", run: (e) => chain(e).addColumnAfter() },
  { name: "deleteRow", run: (e) => chain(e).deleteRow() },
  { name: "deleteColumn", run: (e) => chain(e).deleteColumn() },
  { name: "deleteTable", run: (e) => chain(e).deleteTable() },
];
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

function drawIcon(sprite, name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon-svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

function makeButton(spec, words, sprite) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "editor-button";
  button.dataset.name = spec.name;
  button.tabIndex = -1;
  if (spec.icon) {
    button.append(drawIcon(sprite, spec.icon));
    button.setAttribute("aria-label", words[spec.name]);
    button.title = words[spec.name];
  } else {
    button.textContent = words[spec.name];
  }
  return button;
}

function walk(bar, editor) {
  const usable = () => [...bar.querySelectorAll("button")].filter((b) => b.offsetParent !== null);
  const go = (button) => {
    usable().forEach((other) => (other.tabIndex = other === button ? 0 : -1));
    button.focus();
  };
  bar.addEventListener("keydown", (event) => {
    const buttons = usable();
    const at = buttons.indexOf(document.activeElement);
    if (event.key in STEPS) {
      go(buttons[(at + STEPS[event.key] + buttons.length) % buttons.length]);
    } else if (event.key === "Home") {
      go(buttons[0]);
    } else if (event.key === "End") {
      go(buttons.at(-1));
    } else if (event.key === "Escape") {
      editor.view.focus();
    } else {
      return;
    }
    event.preventDefault();
  });
  editor.view.dom.addEventListener("keydown", (event) => {
    if (event.altKey && event.key === "F10") {
      event.preventDefault();
      go(usable().find((button) => button.tabIndex === 0) ?? usable()[0]);
    }
  });
}

// A button that cannot be used is said to be so, but stays reachable: buttons do not jump about.
function refresh(editor, pairs, tableRow) {
  for (const [button, spec] of pairs) {
    if (spec.active) {
      button.setAttribute("aria-pressed", String(editor.isActive(...spec.active)));
    }
  }
  const can = editor.can();
  pairs.find(([, s]) => s.name === "undo")[0].setAttribute("aria-disabled", String(!can.undo()));
  pairs.find(([, s]) => s.name === "redo")[0].setAttribute("aria-disabled", String(!can.redo()));
  tableRow.hidden = !editor.isActive("table");
}

/** Returns the toolbar of an editor. `sprite` is the address of the icons. */
export function makeToolbar(editor, words, sprite) {
  const bar = document.createElement("div");
  bar.className = "editor-toolbar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", words.toolbar);
  const tableRow = document.createElement("div");
  tableRow.className = "editor-table-buttons";
  const linkForm = makeLinkForm(editor, words);
  const pairs = [...BUTTONS, ...TABLE_BUTTONS].map((spec) => [makeButton(spec, words, sprite), spec]);
  for (const [button, spec] of pairs) {
    button.addEventListener("click", () => (spec.run ? spec.run(editor).run() : linkForm.open()));
    (TABLE_BUTTONS.includes(spec) ? tableRow : bar).append(button);
  }
  bar.append(tableRow);
  pairs[0][0].tabIndex = 0;
  // A press by mouse leaves the caret in the text.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  walk(bar, editor);
  editor.on("transaction", () => refresh(editor, pairs, tableRow));
  refresh(editor, pairs, tableRow);
  const whole = document.createElement("div");
  whole.append(bar, linkForm.element);
  return whole;
}
