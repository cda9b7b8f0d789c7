// What a browser keeps of a meeting to be read without network: one cache for each person and meeting.

const BEGINNING = "reading ";
const LINKED = /(?:href|src)="(\/static\/[^"#?]+)/g;
const IN_STYLES = /url\(["']?([^"')]+\.woff2)["']?\)/g;

/** Returns the name of the cache of a person's copy; `path` is that of the page. */
export function nameOf(whose, path) {
  return `${BEGINNING}${whose} ${path}`;
}

/** Returns whether a cache holds a copy of somebody else than the person; of "" it is anybody's. */
export function isOfAnother(name, whose) {
  return name.startsWith(BEGINNING) && !(whose && name.startsWith(`${BEGINNING}${whose} `));
}

/** Returns the paths of the files that a page of ours needs, each once. */
export function filesOf(html) {
  return [...new Set([...html.matchAll(LINKED)].map((found) => found[1]))];
}

/** Returns the paths of the fonts that a style sheet at `path` names. */
export function fontsOf(css, path) {
  const found = [...css.matchAll(IN_STYLES)].map((one) => new URL(one[1], `http://x${path}`).pathname);
  return [...new Set(found)];
}

/** Returns whether a copy may still be shown: it says until when, in ISO 8601. */
export function isFresh(until, now = Date.now()) {
  return Number.isFinite(Date.parse(until)) && now < Date.parse(until);
}

/** Drops the copies of everybody but the person. */
export async function forgetOthers(whose, store = globalThis.caches) {
  if (!store) {
    return;
  }
  for (const name of await store.keys()) {
    if (isOfAnother(name, whose)) {
      await store.delete(name);
    }
  }
}
