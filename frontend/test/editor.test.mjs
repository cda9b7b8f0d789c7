import assert from "node:assert/strict";
import { test } from "node:test";

import { asParagraphs, withoutTrash, wordListLine } from "../js/editor/paste.js";
import { asAddress, isLink } from "../js/editor/addresses.js";

test("plain text becomes paragraphs where a line is empty", () => {
  assert.equal(asParagraphs("A\nB\n\n \nC"), "<p>A<br>B</p><p>C</p>");
});

test("signs of plain text stay signs", () => {
  assert.equal(asParagraphs("A <B & C"), "<p>A &lt;B &amp; C</p>");
});

test("formatted text is left alone", () => {
  assert.equal(asParagraphs("<p>A</p>\n\n<p>B</p>"), "<p>A</p>\n\n<p>B</p>");
});

test("no text gives no paragraph", () => {
  assert.equal(asParagraphs(" \n\n "), "");
});

test("what Word hides in a copy is taken out", () => {
  const html =
    "<head><style>p{color:red}</style></head><!--[if gte mso 9]><xml>x</xml><![endif]-->" +
    "<p class=MsoNormal>A<o:p></o:p><![if !supportLists]>B<![endif]></p><img src=x>";
  assert.equal(withoutTrash(html), "<p class=MsoNormal>AB</p>");
});

test("inline style can be read but is no style any more", () => {
  assert.equal(withoutTrash('<p style="color:red">A style=x</p>'), '<p data-style="color:red">A style=x</p>');
});

for (const [mark, kind] of [["·", "ul"], ["o", "ul"], ["1.", "ol"], ["b)", "ol"], ["iv.", "ol"]]) {
  test(`a line that Word marks ${mark} belongs to a list of kind ${kind}`, () => {
    assert.deepEqual(wordListLine("text-indent:-18pt;mso-list:l0 level2 lfo1", mark), { level: 2, kind });
  });
}

test("an ordinary paragraph is no line of a list", () => {
  assert.equal(wordListLine("margin:0", "1."), null);
  assert.equal(wordListLine(null, undefined), null);
});

for (const [typed, address] of [
  ["https://example.dk", "https://example.dk"],
  [" example.dk/side ", "https://example.dk/side"],
  ["navn@example.dk", "mailto:navn@example.dk"],
  ["mailto:navn@example.dk", "mailto:navn@example.dk"],
  ["javascript:alert(1)", ""],
  ["data:text/html,x", ""],
  ["//example.dk", ""],
  ["to ord", ""],
  ["", ""],
]) {
  test(`"${typed}" is linked to as "${address}"`, () => {
    assert.equal(asAddress(typed), address);
  });
}

test("only web and mail addresses are links", () => {
  assert.deepEqual(["HTTPS://A", "mailto:a@b", "ftp://a", "javascript:x"].map(isLink), [true, true, false, false]);
});
