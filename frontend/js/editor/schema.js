// What a text may be made of: exactly what the server keeps.

import { Blockquote } from "@tiptap/extension-blockquote";
import { Bold } from "@tiptap/extension-bold";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Heading } from "@tiptap/extension-heading";
import { Italic } from "@tiptap/extension-italic";
import { Link } from "@tiptap/extension-link";
import { BulletList, ListItem, ListKeymap, OrderedList } from "@tiptap/extension-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { Text } from "@tiptap/extension-text";
import { Gapcursor, UndoRedo } from "@tiptap/extensions";

import { isLink } from "./addresses.js";

// The library writes column widths as inline style, which our pages forbid.
const PlainTable = Table.extend({
  renderHTML: () => ["table", ["tbody", 0]],
  // In the last cell Tab leaves the text: a keyboard must not be caught.
  addKeyboardShortcuts() {
    return {
      Tab: () => this.editor.commands.goToNextCell(),
      "Shift-Tab": () => this.editor.commands.goToPreviousCell(),
    };
  },
});
const spans = () => ({ colspan: { default: 1 }, rowspan: { default: 1 } });
const PlainCell = TableCell.extend({ addAttributes: spans });
const PlainHeader = TableHeader.extend({
  addAttributes: () => ({ ...spans(), scope: { default: "col" } }),
});
// While it is written a text stands right under the page's title, so its headings are the next
// level; where it is read it stands under a heading of its own. The server drops the attribute.
const PlainHeading = Heading.extend({
  renderHTML: ({ node: { attrs } }) => [
    `h${attrs.level}`,
    { "aria-level": String(attrs.level - 1) },
    0,
  ],
});
const PlainNumbers = OrderedList.extend({ addAttributes: () => ({}) });

export const extensions = [
  Document,
  Paragraph,
  Text,
  HardBreak,
  Bold,
  Italic,
  PlainHeading.configure({ levels: [3, 4, 5] }),
  BulletList,
  PlainNumbers,
  ListItem,
  ListKeymap,
  Blockquote,
  Link.configure({
    openOnClick: false,
    autolink: true,
    linkOnPaste: true,
    defaultProtocol: "https",
    HTMLAttributes: { target: null, rel: null, class: null },
    isAllowedUri: (address) => isLink(address),
  }),
  PlainTable.configure({ resizable: false, renderWrapper: false }),
  TableRow,
  PlainHeader,
  PlainCell,
  Gapcursor,
  UndoRedo,
];
