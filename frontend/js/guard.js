// Nothing typed is lost by a slip, and nothing is sent twice by a double press.

const SECONDS_BEFORE_AGAIN = 8;
const guarded = new Map();
const sent = new WeakSet();
let listening = false;

/** Returns what a form would send, as text to compare; files by name and size. */
export function contentOf(entries) {
  return JSON.stringify(
    [...entries]
      .filter(([name]) => name !== "csrfmiddlewaretoken")
      .map(([name, value]) => [name, typeof value === "string" ? value : `${value.name} ${value.size}`]),
  );
}

function isChanged(form, before) {
  return form.isConnected && !sent.has(form) && contentOf(new FormData(form)) !== before;
}

function listen() {
  listening = true;
  window.addEventListener("beforeunload", (event) => {
    if ([...guarded].some(([form, before]) => isChanged(form, before))) {
      event.preventDefault();
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") {
      return;
    }
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    markSent(form, event.submitter);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      document.querySelectorAll(".is-sending").forEach((button) => button.classList.remove("is-sending"));
      guarded.forEach((_before, form) => sent.delete(form));
    }
  });
}

// A form that answers with a file leaves the page standing, so it must work again after a while.
function markSent(form, button) {
  sent.add(form);
  button?.classList.add("is-sending");
  setTimeout(() => {
    sent.delete(form);
    button?.classList.remove("is-sending");
  }, SECONDS_BEFORE_AGAIN * 1000);
}

export function guardForms(root) {
  if (!listening) {
    listen();
  }
  for (const form of root.querySelectorAll("form[data-guard]")) {
    // Sent once and refused, or overtaken by somebody else: what stands there is saved nowhere.
    const unsaved = form.dataset.guard === "changed" || form.querySelector("[data-error-summary]");
    guarded.set(form, unsaved ? "" : contentOf(new FormData(form)));
  }
}
