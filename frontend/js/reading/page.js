// A meeting that is read keeps a copy of itself in the browser, for when there is no network; the copy
// is dropped when somebody else signs in. Signing out drops it, too: the server asks the browser to.

import { forgetOthers } from "./copies.js";

function askedToKeep(worker) {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = (event) => resolve(event.data);
    worker.postMessage("keep", [channel.port2]);
  });
}

async function keepCopy(root) {
  const { worker, whose } = root.dataset;
  const scope = new URL(worker, location.href).pathname.replace(/[^/]*$/, "");
  await navigator.serviceWorker.register(`${worker}?whose=${whose}`, { scope });
  const { active } = await navigator.serviceWorker.ready;
  return askedToKeep(active);
}

function tell(root, name) {
  root.querySelectorAll("[data-copy]").forEach((line) => {
    line.hidden = line.dataset.copy !== name;
  });
}

export async function readWithoutNetwork() {
  const signedIn = document.querySelector("meta[name=sign-in]");
  if (signedIn && globalThis.caches) {
    await forgetOthers(signedIn.dataset.whose);
  }
  const root = document.querySelector("[data-worker]");
  if (!root || !navigator.serviceWorker) {
    return;
  }
  addEventListener("offline", () => tell(root, "away"));
  addEventListener("online", () => tell(root, "kept"));
  try {
    tell(root, (await keepCopy(root)) ? "kept" : "not");
  } catch {
    tell(root, "not");
  }
}
