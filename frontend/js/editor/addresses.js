// What may be linked to.

const LINK = /^(https?:\/\/|mailto:)\S+$/i;

/** Returns whether an address may be linked to. */
export const isLink = (address) => LINK.test(address);

/** Returns the address as it should be linked: an e-mail address or a bare name gets its scheme. */
export function asAddress(typed) {
  const text = typed.trim();
  if (isLink(text)) {
    return text;
  }
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) {
    return `mailto:${text}`;
  }
  return /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(text) ? `https://${text}` : "";
}
