// Makes lists of what Word calls paragraphs with a bullet in front.

import { withoutTrash, wordListLine } from "./paste.js";

const MARK = "[data-style*='mso-list:Ignore' i], [data-style*='mso-list: Ignore' i]";

function lineOf(paragraph) {
  const mark = paragraph.querySelector(MARK);
  return wordListLine(paragraph.getAttribute("data-style"), mark?.textContent);
}

function makeItem(paragraph) {
  paragraph.querySelectorAll(MARK).forEach((mark) => mark.remove());
  const item = paragraph.ownerDocument.createElement("li");
  item.append(...paragraph.childNodes);
  return item;
}

// `open` holds the lists now open, outermost first.
function place(paragraph, line, open) {
  open.length = Math.min(open.length, line.level);
  const parent = open.at(-1);
  if (open.length < line.level || !parent || (parent.tagName !== line.kind.toUpperCase())) {
    if (open.length === line.level) {
      open.pop();
    }
    const list = paragraph.ownerDocument.createElement(line.kind);
    const host = open.at(-1)?.lastElementChild;
    if (host) {
      host.append(list);
    } else {
      paragraph.before(list);
    }
    open.push(list);
  }
  open.at(-1).append(makeItem(paragraph));
  paragraph.remove();
}

// Word in the browser and other editors say bold and italic by style alone.
function wrapStyled(page, pattern, tag) {
  for (const span of page.body.querySelectorAll("span[data-style]")) {
    if (pattern.test(span.getAttribute("data-style"))) {
      const mark = page.createElement(tag);
      mark.append(...span.childNodes);
      span.append(mark);
    }
  }
}

// Whatever ranks its headings are of, a text has three levels and skips none: as on the server.
function levelHeadings(page) {
  const above = [];
  for (const heading of page.body.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const rank = Number(heading.tagName[1]);
    while (above.length && above.at(-1) >= rank) {
      above.pop();
    }
    above.push(rank);
    const ours = page.createElement(`h${Math.min(above.length, 3) + 2}`);
    ours.append(...heading.childNodes);
    heading.replaceWith(ours);
  }
}

/** Returns pasted HTML with Word's lists as lists and without everything we do not keep. */
export function cleanPaste(html) {
  const page = new DOMParser().parseFromString(withoutTrash(html), "text/html");
  wrapStyled(page, /font-weight:\s*(bold|[6-9]00)/i, "strong");
  wrapStyled(page, /font-style:\s*italic/i, "em");
  let open = [];
  for (const block of [...page.body.querySelectorAll("p, h1, h2, h3, h4, h5, h6, table")]) {
    const line = block.tagName === "P" ? lineOf(block) : null;
    if (!line) {
      open = [];
    } else {
      place(block, line, open);
    }
  }
  levelHeadings(page);
  return page.body.innerHTML;
}
