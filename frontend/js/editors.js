// Fetches the editor only where a text wants it.

export async function upgradeEditors(root) {
  const areas = [...root.querySelectorAll("textarea[data-rich]:not([hidden])")];
  if (areas.length === 0) {
    return;
  }
  const address = document.querySelector("script[data-editor]").dataset.editor;
  const { upgrade } = await import(address);
  areas.forEach(upgrade);
}
