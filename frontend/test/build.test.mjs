import assert from "node:assert/strict";
import { test } from "node:test";

import { iconsOf, namesIn, spriteOf } from "../icons.mjs";
import { licences } from "../licences.mjs";

const ROOT = new URL("../..", import.meta.url).pathname;
const SPRITE = '<svg><symbol id="a" viewBox="0 0 1 1"><path d="A"/></symbol><symbol id="b"></symbol></svg>';

test("icons are found in templates however they are quoted", () => {
  assert.deepEqual(namesIn(`{% icon "a" %}{%icon 'b-c' "cls"%}{% icon name %}`), ["a", "b-c"]);
});

test("a sprite holds just the icons asked for", () => {
  const sprite = spriteOf(iconsOf(SPRITE), new Set(["a"]));
  assert.match(sprite, /id="a" viewBox="0 0 1 1"><path d="A"/);
  assert.doesNotMatch(sprite, /id="b"/);
});

test("an icon that does not exist stops the build by name", () => {
  assert.throws(() => spriteOf(iconsOf(SPRITE), new Set(["a", "zebra"])), /zebra/);
});

test("every package bundled brings its licence", async () => {
  const text = await licences(ROOT, ["frontend/js/app.js", "node_modules/@tiptap/core/dist/index.js"]);
  for (const part of ["@tiptap/core", "dkfds", "SIL OPEN FONT LICENSE"]) {
    assert.ok(text.includes(part), part);
  }
});
