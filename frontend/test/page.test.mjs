import assert from "node:assert/strict";
import { test } from "node:test";

import { contentOf, showReady, showSending } from "../js/guard.js";
import { secondsToWait } from "../js/leaving.js";
import { isSearchKey } from "../js/search.js";
import { filled, placeAt } from "../js/sortable.js";
import { placeAfter } from "../js/suggestions.js";

test("the token is no content, everything else is", () => {
  const before = contentOf([["csrfmiddlewaretoken", "a"], ["title", "x"]]);
  assert.equal(contentOf([["csrfmiddlewaretoken", "b"], ["title", "x"]]), before);
  assert.notEqual(contentOf([["csrfmiddlewaretoken", "a"], ["title", "y"]]), before);
});

test("two minutes before a sign-in ends it is asked again, and then at its end", () => {
  assert.deepEqual([1800, 121, 120, 30].map(secondsToWait), [1680, 1, 120, 30]);
});

test("another file is a change", () => {
  const of = (size) => contentOf([["file", { name: "a.pdf", size }]]);
  assert.notEqual(of(1), of(2));
});

test("one tick more is a change", () => {
  assert.notEqual(contentOf([["who", "1"]]), contentOf([["who", "1"], ["who", "2"]]));
});

for (const [y, place] of [[0, 0], [99, 0], [100, 1], [250, 2], [999, 3]]) {
  test(`a line dropped at ${y} becomes number ${place}`, () => {
    assert.equal(placeAt(y, [100, 200, 300]), place);
  });
}

test("a line alone stays first", () => {
  assert.equal(placeAt(50, []), 0);
});

test("a sentence is filled in, and a name it does not know is left", () => {
  assert.equal(filled("{title}: {place} of {count} {odd}", { title: "A", place: 2, count: 3 }), "A: 2 of 3 {odd}");
});

test("a button says that it is at work, and afterwards what it said before", () => {
  const looks = new Set();
  const classList = { add: (name) => looks.add(name), remove: (name) => looks.delete(name) };
  const button = { classList, dataset: { sending: "One moment …" }, textContent: "Sign in" };
  showSending(button);
  assert.deepEqual([button.textContent, ...looks], ["One moment …", "is-sending"]);
  showReady(button);
  assert.deepEqual([button.textContent, ...looks], ["Sign in"]);
  const plain = { classList, dataset: {}, textContent: "Save" };
  showSending(plain);
  assert.equal(plain.textContent, "Save");
});

test("control or command and K alone lead to the search", () => {
  const pressed = (more) => isSearchKey({ key: "k", ctrlKey: true, ...more });
  assert.ok(pressed({}));
  assert.ok(pressed({ key: "K" }));
  assert.ok(pressed({ ctrlKey: false, metaKey: true }));
  for (const other of [{ ctrlKey: false }, { shiftKey: true }, { altKey: true }, { key: "j" }]) {
    assert.ok(!pressed(other));
  }
});

test("the arrows go through the suggestions and the box, and round", () => {
  const along = (key, at) => placeAfter(key, at, 3);
  assert.deepEqual([-1, 0, 1, 2].map((at) => along("ArrowDown", at)), [0, 1, 2, -1]);
  assert.deepEqual([-1, 0, 1, 2].map((at) => along("ArrowUp", at)), [2, -1, 0, 1]);
});
