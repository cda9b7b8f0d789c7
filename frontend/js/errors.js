// The summary of what must be corrected is where a person starts; its links lead to the fields.

export function focusErrors(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (!summary) {
    return;
  }
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (field) {
      event.preventDefault();
      field.closest(".form-group")?.scrollIntoView({ block: "start" });
      field.focus();
    }
  });
}
