// Asks for the address of a link, under the toolbar. No form of its own: it stands inside one.

import { asAddress } from "./addresses.js";

function makeParts(words) {
  const element = document.createElement("div");
  element.className = "editor-link";
  element.hidden = true;
  const label = document.createElement("label");
  label.className = "form-label";
  label.textContent = words.address;
  const input = document.createElement("input");
  input.type = "text";
  input.inputMode = "url";
  input.className = "form-input";
  input.autocomplete = "off";
  label.append(input);
  const error = document.createElement("p");
  error.className = "form-error-message";
  error.setAttribute("role", "alert");
  const buttons = ["setLink", "removeLink", "cancel"].map((name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `button ${name === "setLink" ? "button-secondary" : "button-tertiary"}`;
    button.textContent = words[name];
    return button;
  });
  const row = document.createElement("div");
  row.className = "editor-link-buttons";
  row.append(...buttons);
  element.append(label, error, row);
  return { element, input, error, buttons };
}

/** Returns the little dialogue: its element, and how to open it. */
export function makeLinkForm(editor, words) {
  const { element, input, error, buttons } = makeParts(words);
  const [set, remove, cancel] = buttons;
  const close = () => {
    element.hidden = true;
    editor.view.focus();
  };
  const apply = () => {
    const href = asAddress(input.value);
    error.textContent = href ? "" : words.addressWrong;
    if (!href) {
      input.focus();
      return;
    }
    const chain = editor.chain().focus().extendMarkRange("link");
    const nothingChosen = editor.state.selection.empty && !editor.isActive("link");
    if (nothingChosen) {
      chain.insertContent({ type: "text", text: input.value.trim(), marks: [{ type: "link", attrs: { href } }] });
    } else {
      chain.setLink({ href });
    }
    chain.run();
    close();
  };
  set.addEventListener("click", apply);
  cancel.addEventListener("click", close);
  remove.addEventListener("click", () => {
    editor.chain().focus().extendMarkRange("link").unsetLink().run();
    close();
  });
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || (event.key === "Enter" && event.target === input)) {
      event.preventDefault();
      (event.key === "Escape" ? close : apply)();
    }
  });
  const open = () => {
    input.value = editor.getAttributes("link").href ?? "";
    error.textContent = "";
    remove.hidden = !editor.isActive("link");
    element.hidden = false;
    input.focus();
  };
  return { element, open };
}
