// Show what needs passkeys only where the browser has them, and say so when one is not given.
const able = "PublicKeyCredential" in window;

for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = !able;
for (const part of document.querySelectorAll("[data-no-passkey]")) part.hidden = able;

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const box = document.querySelector("[data-passkey-failed]");
  box.hidden = false;
  box.focus();
});
