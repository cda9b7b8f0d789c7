// Text as it comes in: typed without the editor, or copied out of Word and web pages.

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const TAG = /<\/?(p|ul|ol|li|h[1-6]|blockquote|table|strong|em|br|a|b|i|div)(?:[\s/][^>]*)?>/i;

/** Returns plain text as paragraphs, parted where a line is empty; HTML is left alone. */
export function asParagraphs(text) {
  if (TAG.test(text)) {
    return text;
  }
  return text
    .split(/\n\s*\n/)
    .filter((part) => part.trim())
    .map((part) => part.trim().replace(/[&<>]/g, (sign) => ESCAPES[sign]).replace(/\r?\n/g, "<br>"))
    .map((part) => `<p>${part}</p>`)
    .join("");
}

/**
 * Returns pasted HTML without what must not reach a parser: Word's comments, conditions, style
 * sheets and its own elements. Inline styles become data-style, so that reading them is no breach
 * of a page that forbids inline style.
 */
export function withoutTrash(html) {
  return html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<!\[[^\]]*\]>/g, "")
    .replace(/<(style|script|xml|title|head)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<\/?(meta|link|o:p|w:\w+|st1:\w+|v:\w+|img|svg|object|iframe)\b[^>]*>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
}

/**
 * Returns what kind of list line a paragraph out of Word is, and how deep: its style says
 * "mso-list:l0 level2 lfo1", its first mark is a bullet, a figure or a letter. Null for other text.
 */
export function wordListLine(style, mark) {
  const level = /mso-list:\s*l\d+\s+level(\d+)/i.exec(style ?? "");
  if (!level) {
    return null;
  }
  const numbered = /^\s*(\d+|[a-z]{1,3}|[ivxl]+)[.)]/i.test(mark ?? "");
  return { level: Number(level[1]), kind: numbered ? "ol" : "ul" };
}
