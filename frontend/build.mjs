// Builds what browsers get into kommissorium/core/static/vendor/, and the fonts of the documents.
// Nothing it makes is committed. Run by `npm run build`; it starts from empty folders.

import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";
import * as sass from "sass";

import { iconsOf, ourIcons, spriteOf, usedIcons } from "./icons.mjs";
import { licences } from "./licences.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.dirname(HERE);
const MODULES = path.join(ROOT, "node_modules");
const DKFDS = path.join(MODULES, "dkfds/dist");
const VENDOR = path.join(ROOT, "kommissorium/core/static/vendor");
// Built aside and put in place at the end, so that a running program never misses a file.
const OUT = path.join(ROOT, "build/vendor");
const DOCUMENT_FONTS = path.join(ROOT, "kommissorium/core/fonts");

const SCREEN_FONTS = {
  "plex-400": "Regular",
  "plex-400-italic": "Italic",
  "plex-600": "SemiBold",
  "plex-700": "Bold",
};
const PAPER_FONTS = [
  "400Regular",
  "400Regular_Italic",
  "600SemiBold",
  "600SemiBold_Italic",
  "700Bold",
  "700Bold_Italic",
];

async function styles() {
  const result = sass.compile(path.join(HERE, "css/kommissorium.scss"), {
    style: "compressed",
    charset: false,
    loadPaths: [MODULES, path.join(HERE, "css")],
    quietDeps: true,
    silenceDeprecations: ["if-function"],
    logger: sass.Logger.silent,
  });
  await writeFile(path.join(OUT, "kommissorium.css"), result.css);
  return result.css;
}

async function cssIcons(css) {
  const names = new Set([...css.matchAll(/url\("?\.?\/?icons\/([\w-]+)\.svg"?\)/g)].map((m) => m[1]));
  await mkdir(path.join(OUT, "icons"), { recursive: true });
  for (const name of names) {
    const source = name.startsWith("our-")
      ? path.join(HERE, "icons", `${name.slice(4)}.svg`)
      : path.join(DKFDS, "img/svg-icons", `${name}.svg`);
    await cp(source, path.join(OUT, "icons", `${name}.svg`));
  }
}

async function icons() {
  const all = iconsOf(await readFile(path.join(DKFDS, "img/all-svg-icons.svg"), "utf8"));
  const ours = await ourIcons(path.join(HERE, "icons"));
  const sprite = spriteOf(new Map([...all, ...ours]), await usedIcons(ROOT));
  await writeFile(path.join(OUT, "icons.svg"), sprite);
}

// The editor is a file of its own, not a chunk: the server adds a hash to its name, and app.js
// learns the name from the page. Returns the paths of everything bundled.
async function scripts() {
  const result = await esbuild.build({
    entryPoints: {
      app: path.join(HERE, "js/app.js"),
      editor: path.join(HERE, "js/editor/editor.js"),
      reading_worker: path.join(HERE, "js/reading/worker.js"),
    },
    entryNames: "[name]",
    outdir: OUT,
    absWorkingDir: ROOT,
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  await cp(path.join(MODULES, "htmx.org/dist/htmx.min.js"), path.join(OUT, "htmx.js"));
  return [...Object.keys(result.metafile.inputs), "node_modules/htmx.org/dist/htmx.min.js"];
}

async function fonts() {
  await mkdir(path.join(OUT, "fonts"), { recursive: true });
  const folder = path.join(DKFDS, "fonts/IBMPlexSans/split/woff2");
  for (const [name, style] of Object.entries(SCREEN_FONTS)) {
    await cp(path.join(folder, `IBMPlexSans-${style}-Latin1.woff2`), path.join(OUT, "fonts", `${name}.woff2`));
  }
  await mkdir(DOCUMENT_FONTS, { recursive: true });
  const paper = path.join(MODULES, "@expo-google-fonts/ibm-plex-sans");
  for (const style of PAPER_FONTS) {
    const file = `IBMPlexSans_${style}.ttf`;
    await cp(path.join(paper, style, file), path.join(DOCUMENT_FONTS, file));
  }
  await cp(path.join(paper, "LICENSE_FONT"), path.join(DOCUMENT_FONTS, "LICENSE.txt"));
}

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
const [bundled] = await Promise.all([scripts(), styles().then(cssIcons), icons(), fonts()]);
await writeFile(path.join(OUT, "LICENSES.txt"), await licences(ROOT, bundled));
const made = await readdir(OUT, { recursive: true });
await mkdir(path.dirname(VENDOR), { recursive: true });
await rm(VENDOR, { recursive: true, force: true });
await rename(OUT, VENDOR);
process.stdout.write(`${made.length} files in ${path.relative(ROOT, VENDOR)}\n`);
