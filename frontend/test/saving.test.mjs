import assert from "node:assert/strict";
import { test } from "node:test";

import { shouldSend, valueOf } from "../js/saving.js";

test("the version and a pressed button are nothing one has typed", () => {
  const before = valueOf([["version", "1"], ["value", "x"]]);
  assert.equal(valueOf([["version", "2"], ["value", "x"], ["over", "2"]]), before);
  assert.notEqual(valueOf([["version", "1"], ["value", "y"]]), before);
});

test("a tick taken away is a change", () => {
  assert.notEqual(valueOf([["value", "1"]]), valueOf([]));
});

for (const [asked, sent] of [
  [{ pressed: false, changed: true, overtaken: false }, true],
  [{ pressed: false, changed: false, overtaken: false }, false],
  [{ pressed: false, changed: true, overtaken: true }, false],
  [{ pressed: true, changed: false, overtaken: true }, true],
]) {
  test(`${JSON.stringify(asked)} is ${sent ? "sent" : "kept back"}`, () => {
    assert.equal(shouldSend(asked), sent);
  });
}
