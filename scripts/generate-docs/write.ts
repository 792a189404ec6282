// Writes generated files, or says which of them are outdated. A generated file that nobody makes any more is outdated too.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface GeneratedFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

/** Directories that hold generated files only. */
const OWNED = ["docs/errors"];

export function findOutdated(root: string, files: readonly GeneratedFile[]): string[] {
  const changed = files
    .filter(({ path, text }) => loadText(join(root, path)) !== text)
    .map(({ path }) => path);
  return [...changed, ...findLeftovers(root, files)].sort();
}

export function writeFiles(root: string, files: readonly GeneratedFile[]): void {
  for (const path of findLeftovers(root, files)) rmSync(join(root, path));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function loadText(path: string): string | null {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

function findLeftovers(root: string, files: readonly GeneratedFile[]): string[] {
  const made = new Set(files.map(({ path }) => path));
  const present = OWNED.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
  );
  return present.filter((path) => !made.has(path));
}
