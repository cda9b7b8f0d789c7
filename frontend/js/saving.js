// Fields that are saved while one types in them: htmx sends, this sees to it that nothing is sent
// for nothing, that nobody leaves with unsaved text, and that a failure is said and made good.

import { contentOf } from "./guard.js";

const SECONDS_BEFORE_RETRY = 5;
const SECONDS_TO_WAIT = 4;
const fields = new Map(); // form → what is saved of it, and what is on its way
let listening = false;

/** Returns what of a form is saved: what its field holds, not the version or a pressed button. */
export function valueOf(entries) {
  return contentOf([...entries].filter(([name]) => name === "value"));
}

/** Returns whether a request is to be sent: pressed by hand always, else only what has changed. */
export function shouldSend({ pressed, changed, overtaken }) {
  return pressed || (changed && !overtaken);
}

function current(form) {
  return valueOf(new FormData(form));
}

function isUnsaved(form) {
  return form.isConnected && current(form) !== fields.get(form).saved;
}

function isOvertaken(form) {
  return form.querySelector("[data-overtaken]") !== null;
}

function unsaved() {
  [...fields.keys()].filter((form) => !form.isConnected).forEach((form) => fields.delete(form));
  return [...fields.keys()].filter(isUnsaved);
}

function isPress(event) {
  return event?.type === "submit";
}

function say(form, words) {
  const place = form.querySelector(".save-state");
  let sentence = place.querySelector(".form-error-message");
  place.querySelector(".saved")?.remove();
  if (!sentence) {
    sentence = document.createElement("p");
    sentence.className = "form-error-message";
    place.append(sentence);
  }
  sentence.textContent = words;
}

function fail(form, reason) {
  const words = form.closest("[data-failed]")?.dataset;
  if (words) {
    say(form, reason === "signedOut" ? words.signedOut : words.failed);
  }
  setTimeout(() => {
    if (fields.has(form) && isUnsaved(form) && !isOvertaken(form)) {
      window.htmx.trigger(form, "change");
    }
  }, SECONDS_BEFORE_RETRY * 1000);
}

// A press on a link waits until what was typed is saved; what cannot be saved makes the browser ask.
async function saveAll() {
  unsaved().filter((form) => !isOvertaken(form)).forEach((form) => window.htmx.trigger(form, "change"));
  const until = Date.now() + SECONDS_TO_WAIT * 1000;
  while (unsaved().length > 0 && !unsaved().some(isOvertaken) && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

function leavesThePage(event) {
  const link = event.target.closest?.("a[href]");
  const aside = event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0;
  if (!link || aside || link.target || event.defaultPrevented) {
    return null;
  }
  const isHere = link.href.split("#")[0] === location.href.split("#")[0];
  return isHere ? null : link;
}

function listen() {
  listening = true;
  const of = (event) => (fields.has(event.detail.elt) ? event.detail.elt : null);
  document.addEventListener("htmx:configRequest", (event) => {
    // htmx remembers the button pressed last; only the press itself may speak for it.
    if (of(event) && !isPress(event.detail.triggeringEvent)) {
      event.detail.formData.delete("over");
      event.detail.formData.delete("theirs");
    }
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = of(event);
    if (!form) {
      return;
    }
    const pressed = isPress(event.detail.requestConfig.triggeringEvent);
    if (shouldSend({ pressed, changed: isUnsaved(form), overtaken: isOvertaken(form) })) {
      fields.get(form).sent = current(form);
    } else {
      event.preventDefault();
    }
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.requestConfig && of({ detail: event.detail.requestConfig });
    // Signed out, the answer is the page to sign in on; it is no state of a field.
    const asked = form && new URL(form.action).pathname;
    if (form && new URL(event.detail.xhr.responseURL).pathname !== asked) {
      event.detail.shouldSwap = false;
      fields.get(form).isStranger = true;
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = of(event);
    const state = form && fields.get(form);
    if (!state) {
      return;
    }
    if (state.isStranger) {
      state.isStranger = false;
      fail(form, "signedOut");
    } else if (event.detail.successful) {
      state.saved = state.sent;
    } else if (![400, 409].includes(event.detail.xhr.status)) {
      fail(form, event.detail.xhr.status === 403 ? "signedOut" : "failed");
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved().length > 0) {
      event.preventDefault();
    }
  });
  document.addEventListener("click", (event) => {
    const link = leavesThePage(event);
    if (link && unsaved().length > 0) {
      event.preventDefault();
      saveAll().then(() => location.assign(link.href));
    }
  });
}

export function saveWhileTyping(root) {
  const found = [...root.querySelectorAll("form[data-saves]")];
  if (root.matches?.("form[data-saves]")) {
    found.push(root);
  }
  if (found.length > 0 && !listening) {
    listen();
  }
  for (const form of found) {
    fields.set(form, { saved: isOvertaken(form) ? null : current(form), sent: null });
    form.classList.add("saves-itself");
  }
}
