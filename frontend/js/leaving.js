// A page leaves the screen when its sign-in has ended, also by itself. Two minutes before it says so
// and offers to stay. What was typed and not saved comes back with the same person.

import { hasUnsaved } from "./guard.js";

const FIRST = 60; // seconds
const WARNED_BEFORE = 120;

let address = "";
let told = null; // the server's last answer: seconds left, whose sign-in it is, and words
let until = 0; // by our own clock
let timer = 0;
let title = "";
let kept = null; // what stood on the page, while somebody else may look at the screen

/** Returns how many seconds to wait before asking again, when so many are left. */
export function secondsToWait(left) {
  return left > WARNED_BEFORE ? left - WARNED_BEFORE : left;
}

/** Returns the server's answer; {seconds: 0} where there is no sign-in any more, null without one. */
async function ask(query = "") {
  try {
    const answer = await fetch(address + query, { redirect: "manual", cache: "no-store" });
    const isEnded = answer.type === "opaqueredirect";
    return isEnded ? { ...told, seconds: 0 } : answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function look(seconds) {
  clearTimeout(timer);
  timer = setTimeout(async () => follow(await ask()), (seconds + 1) * 1000);
}

// Without an answer our own clock counts.
function follow(answer) {
  const left = answer?.seconds ?? (until - Date.now()) / 1000;
  if (answer) {
    told = answer;
    until = Date.now() + left * 1000;
  }
  document.querySelector(".sign-in-ends")?.remove();
  if (!told?.ended) {
    look(FIRST);
  } else if (left <= 0) {
    leave();
  } else {
    if (left <= WARNED_BEFORE) {
      warn();
    }
    look(secondsToWait(left));
  }
}

function part(name, css, text = "") {
  const made = document.createElement(name);
  made.className = css;
  made.textContent = text;
  return made;
}

function button(text, pressed) {
  const made = part("button", "button button-secondary", text);
  made.type = "button";
  made.addEventListener("click", pressed);
  return made;
}

function warn() {
  const alert = part("div", "alert alert-warning sign-in-ends");
  alert.role = "alert";
  alert.append(part("p", "alert-text", told.soon));
  alert.append(button(told.stay, async () => follow(await ask("?stay=1"))));
  document.querySelector("main").prepend(alert);
}

function leave() {
  if (kept) {
    return;
  }
  const unsaved = hasUnsaved();
  kept = [...document.body.childNodes];
  const main = part("main", "frame-width frame-main");
  const link = part("a", "button button-primary", told.sign_in);
  link.href = `${told.sign_in_at}?next=${encodeURIComponent(location.pathname + location.search)}`;
  main.append(part("h1", "", told.ended), link);
  if (unsaved) {
    link.target = "_blank";
    main.append(part("p", "", told.kept), button(told.again, comeBack));
  } else {
    kept = [];
  }
  title = document.title;
  document.title = told.ended;
  document.body.replaceChildren(main);
}

async function comeBack() {
  const answer = await ask();
  if (answer?.whose !== told.whose) {
    return;
  }
  document.body.replaceChildren(...kept);
  document.title = title;
  kept = null;
  renewTokens(answer.token);
  follow(answer);
}

// Who signs in gets another token for forms.
function renewTokens(token) {
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => {
    field.value = token;
  });
  document.querySelector("meta[name=csrf-token]").content = token;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
}

export function leaveWithTheSignIn() {
  address = document.querySelector("meta[name=sign-in]")?.content ?? "";
  if (!address) {
    return;
  }
  look(FIRST);
  document.addEventListener("visibilitychange", async () => {
    if (!document.hidden && told && !kept) {
      follow(await ask());
    }
  });
}
