// Answers for the page of a meeting that is read without network. It governs that page alone, keeps
// its copy and the files the copy needs, and asks the network first, always.

import { filesOf, fontsOf, isFresh, nameOf } from "./copies.js";

const PAGE = new URL(self.registration.scope).pathname;
const WHOSE = new URL(self.location.href).searchParams.get("whose") ?? "";
const KEPT = nameOf(WHOSE, PAGE);
const GONE = [401, 403, 404, 410];

async function keep() {
  const answer = await fetch(`${PAGE}copy/`, { redirect: "manual", cache: "no-store" });
  if (!answer.ok) {
    await forgetWhere(answer);
    return false;
  }
  const html = await answer.clone().text();
  const copy = await caches.open(KEPT);
  const files = filesOf(html);
  await Promise.all(files.map((path) => keepFile(copy, path)));
  for (const path of files.filter((one) => one.endsWith(".css"))) {
    const css = await (await copy.match(path, { ignoreVary: true })).text();
    const fonts = fontsOf(css, path);
    await Promise.all(fonts.map((one) => keepFile(copy, one)));
    files.push(...fonts);
  }
  await copy.put(PAGE, answer);
  await dropOld(copy, [PAGE, ...files]);
  return true;
}

// Files have the hash of what they hold in their names.
async function keepFile(copy, path) {
  if (!(await copy.match(path, { ignoreVary: true }))) {
    const answer = await fetch(path);
    if (!answer.ok) {
      throw new Error(`${path} answers ${answer.status}`);
    }
    await copy.put(path, answer);
  }
}

async function dropOld(copy, wanted) {
  for (const request of await copy.keys()) {
    if (!wanted.includes(new URL(request.url).pathname)) {
      await copy.delete(request, { ignoreVary: true });
    }
  }
}

// Who is signed out, or may not read the meeting any more, keeps no copy.
async function forgetWhere(answer) {
  if (answer.type === "opaqueredirect" || GONE.includes(answer.status)) {
    await caches.delete(KEPT);
  }
}

async function kept(path) {
  const copy = (await caches.has(KEPT)) ? await caches.open(KEPT) : null;
  return copy?.match(path, { ignoreVary: true });
}

async function keptPage() {
  const found = await kept(PAGE);
  if (found && !isFresh(found.headers.get("X-Kept-Until"))) {
    await caches.delete(KEPT);
    return undefined;
  }
  return found;
}

async function answerPage(request) {
  try {
    const answer = await fetch(request);
    await forgetWhere(answer);
    return answer.status >= 500 ? ((await keptPage()) ?? answer) : answer;
  } catch {
    return (await keptPage()) ?? Response.error();
  }
}

async function answerFile(request, path) {
  try {
    return await fetch(request);
  } catch {
    return (await kept(path)) ?? Response.error();
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const told = keep().catch(() => false);
  event.waitUntil(told.then((is_kept) => event.ports[0]?.postMessage(is_kept)));
});

self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) {
    return;
  }
  if (event.request.mode === "navigate" && pathname === PAGE) {
    event.respondWith(answerPage(event.request));
  } else if (pathname.startsWith("/static/")) {
    event.respondWith(answerFile(event.request, pathname));
  }
});
