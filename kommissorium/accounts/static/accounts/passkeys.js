// Tie the sign-in library's ceremonies to our buttons, show what needs passkeys only where the
// browser has them, and say so when one is not given.
const able = "PublicKeyCredential" in window;
const ceremonies = window.allauth.webauthn.forms;

for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = !able;
for (const part of document.querySelectorAll("[data-no-passkey]")) part.hidden = able;

for (const button of document.querySelectorAll("[data-passkey-button]")) {
  const { passkeyButton, credential, passwordless } = button.dataset;
  const { id } = button;
  ceremonies[passkeyButton]({
    ids: { login: id, authenticate: id, add: id, credential, passwordless, data: "js_data" },
  });
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const box = document.querySelector("[data-passkey-failed]");
  box.hidden = false;
  box.focus();
});
