// Turns a text area into an editor of our small set of HTML. The text area stays, out of sight,
// and carries the text to the server.

import { Editor } from "@tiptap/core";

import { asParagraphs } from "./paste.js";
import { cleanPaste } from "./word.js";
import { extensions } from "./schema.js";
import { makeToolbar } from "./toolbar.js";

function frameFor(area) {
  const frame = document.createElement("div");
  frame.className = "editor";
  const place = document.createElement("div");
  place.className = "editor-place";
  frame.append(place);
  area.after(frame);
  return { frame, place };
}

function attributesFor(area) {
  const label = document.querySelector(`label[for="${area.id}"]`);
  const attributes = {
    role: "textbox",
    "aria-multiline": "true",
    class: "rich editor-text",
    "data-rows": String(area.rows),
    lang: document.documentElement.lang,
  };
  if (label) {
    attributes["aria-labelledby"] = label.id;
  }
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (area.hasAttribute(name)) {
      attributes[name] = area.getAttribute(name);
    }
  }
  return { attributes, label };
}

export function upgrade(area) {
  if (area.hidden) {
    return;
  }
  const words = JSON.parse(area.dataset.rich);
  const { frame, place } = frameFor(area);
  const { attributes, label } = attributesFor(area);
  const editor = new Editor({
    element: place,
    extensions,
    content: asParagraphs(area.value),
    editable: !area.disabled && !area.readOnly,
    injectCSS: false,
    editorProps: { attributes, transformPastedHTML: cleanPaste },
    onUpdate: ({ editor: changed }) => {
      area.value = changed.isEmpty ? "" : changed.getHTML();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  frame.prepend(makeToolbar(editor, words, area.dataset.icons));
  area.hidden = true;
  label?.addEventListener("click", () => editor.commands.focus());
  area.focus = () => editor.commands.focus();
}
