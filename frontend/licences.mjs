// The licence texts of what is shipped to browsers, in one file.

import { readFile, readdir } from "node:fs/promises";
import path from "node:path";

const STYLES = ["dkfds"];
const FONTS = "@expo-google-fonts/ibm-plex-sans/LICENSE_FONT";

async function licenceOf(folder) {
  const manifest = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  const name = (await readdir(folder)).find((file) => /^licen[cs]e(\.|$)/i.test(file));
  const text = name ? await readFile(path.join(folder, name), "utf8") : `${manifest.license} licence.`;
  return `${manifest.name} ${manifest.version} (${manifest.license})\n\n${text.trim()}\n`;
}

/**
 * Returns the texts. `bundled` are the paths of the source files that esbuild put into what we
 * ship, so that a new dependency brings its licence along by itself.
 */
export async function licences(root, bundled) {
  const modules = path.join(root, "node_modules");
  const packages = bundled
    .map((file) => file.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1])
    .filter(Boolean);
  const names = [...new Set([...STYLES, ...packages])].sort();
  const texts = await Promise.all(names.map((name) => licenceOf(path.join(modules, name))));
  const fonts = await readFile(path.join(modules, FONTS), "utf8");
  return [...texts, `IBM Plex Sans\n\n${fonts.trim()}\n`].join(`\n${"-".repeat(72)}\n\n`);
}
