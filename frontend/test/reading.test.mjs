import assert from "node:assert/strict";
import { test } from "node:test";

import { filesOf, fontsOf, forgetOthers, isFresh, isOfAnother, nameOf } from "../js/reading/copies.js";

const PAGE = "/meetings/7/read/";

test("a copy is of one person and one meeting", () => {
  const own = nameOf("a", PAGE);
  assert.equal(isOfAnother(own, "a"), false);
  assert.equal(isOfAnother(own, "b"), true);
  assert.equal(isOfAnother(own, ""), true);
  assert.equal(isOfAnother(nameOf("ab", PAGE), "a"), true);
  assert.equal(isOfAnother("somebody else's cache", "b"), false);
});

test("the files of a page are those of our own, each once and without its fragment", () => {
  const html = `<link href="/static/a.1.css"><script src="/static/b.2.js"></script>
    <use href="/static/icons.svg#x"/><use href="/static/icons.svg#y"/>
    <a href="/meetings/7/">x</a><a href="https://example.dk/static/c.js">y</a>`;
  assert.deepEqual(filesOf(html), ["/static/a.1.css", "/static/b.2.js", "/static/icons.svg"]);
});

test("fonts are found beside the style sheet that names them", () => {
  const css = `@font-face{src:url("fonts/p.1.woff2")}@font-face{src:url(fonts/q.woff2)}
    .a{background:url("icons/x.svg")}.b{src:url("fonts/p.1.woff2")}`;
  const found = fontsOf(css, "/static/vendor/k.css");
  assert.deepEqual(found, ["/static/vendor/fonts/p.1.woff2", "/static/vendor/fonts/q.woff2"]);
});

test("a copy is shown until the moment it says, and never without one", () => {
  const until = "2026-12-11T14:00:00+00:00";
  assert.equal(isFresh(until, Date.parse(until) - 1), true);
  assert.equal(isFresh(until, Date.parse(until)), false);
  assert.equal(isFresh(null), false);
  assert.equal(isFresh("soon"), false);
});

test("the copies of others go, one's own and other caches stay", async () => {
  const names = new Set([nameOf("a", PAGE), nameOf("b", PAGE), "other"]);
  const store = { keys: async () => [...names], delete: async (name) => names.delete(name) };
  await forgetOthers("a", store);
  assert.deepEqual([...names], [nameOf("a", PAGE), "other"]);
  await forgetOthers("a", undefined); // a browser without caches
});
