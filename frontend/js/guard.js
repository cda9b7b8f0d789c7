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

/** Returns whether something on the page was typed and not sent. */
export function hasUnsaved() {
  return [...guarded].some(([form, before]) => isChanged(form, before));
}

function listen() {
  listening = true;
  window.addEventListener("beforeunload", (event) => {
    if (hasUnsaved()) {
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
      document.querySelectorAll(".is-sending").forEach(showReady);
      guarded.forEach((_before, form) => sent.delete(form));
    }
  });
}

/** Lets a button say that what it sent is on its way: by its look, and in words where it has some. */
export function showSending(button) {
  button.classList.add("is-sending");
  if (button.dataset.sending) {
    button.dataset.ready = button.textContent;
    button.textContent = button.dataset.sending;
  }
}

/** Lets a button be as it was before it was pressed. */
export function showReady(button) {
  button.classList.remove("is-sending");
  if (button.dataset.ready) {
    button.textContent = button.dataset.ready;
  }
}

// A form that answers with a file leaves the page standing, so it must work again after a while.
function markSent(form, button) {
  sent.add(form);
  if (button) {
    showSending(button);
  }
  setTimeout(() => {
    sent.delete(form);
    if (button) {
      showReady(button);
    }
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
