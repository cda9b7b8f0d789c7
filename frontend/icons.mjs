// Which icons pages use, and a sprite of just these.

import { readFile, readdir } from "node:fs/promises";
import path from "node:path";

// Chosen by code rather than written in a template.
const BY_CODE = [
  "info", "success", "warning", "error", "check",
  "sort-table-none", "sort-table-ascending", "sort-table-descending",
  "format-bold", "format-italic", "format-list-bulleted", "format-list-numbered",
  "link", "our-quote", "our-table", "our-undo", "our-redo",
];

/** Returns the symbols we drew ourselves, from frontend/icons/; their names start with "our-". */
export async function ourIcons(folder) {
  const symbols = new Map();
  for (const file of await readdir(folder)) {
    const name = `our-${path.basename(file, ".svg")}`;
    const svg = await readFile(path.join(folder, file), "utf8");
    const [, box, body] = /viewBox="([^"]+)">([\s\S]*)<\/svg>/.exec(svg);
    symbols.set(name, `<symbol id="${name}" viewBox="${box}">${body}</symbol>`);
  }
  return symbols;
}

/** Returns the symbols of the design system's sprite, by name. */
export function iconsOf(svg) {
  return new Map([...svg.matchAll(/<symbol id="([\w-]+)".*?<\/symbol>/gs)].map((m) => [m[1], m[0]]));
}

/** Returns the icon names that templates write as {% icon "name" %}. */
export function namesIn(template) {
  return [...template.matchAll(/\{%\s*icon\s+["']([\w-]+)["']/g)].map((m) => m[1]);
}

/** Returns every icon name that the program's templates and code use. */
export async function usedIcons(root) {
  const names = new Set(BY_CODE);
  const folder = path.join(root, "kommissorium");
  for (const file of await readdir(folder, { recursive: true })) {
    if (file.endsWith(".html") && file.split(path.sep).includes("templates")) {
      namesIn(await readFile(path.join(folder, file), "utf8")).forEach((name) => names.add(name));
    }
  }
  return names;
}

/** Returns a sprite of the named icons. Throws where the design system has no such icon. */
export function spriteOf(all, names) {
  const unknown = [...names].filter((name) => !all.has(name));
  if (unknown.length > 0) {
    throw new Error(`The design system has no icon called ${unknown.join(", ")}`);
  }
  const symbols = [...names].sort().map((name) => all.get(name));
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}
