// The tree as the house tests see it: every tracked or new file, its text, its imports.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

export const root = join(import.meta.dirname, "..", "..");

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Files that git has or would take: what is ignored is not ours to judge. */
export function listPaths(): string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  return listed.split("\n").filter((path) => path !== "" && existsSync(join(root, path)));
}

export function loadSources(belongs: (path: string) => boolean): SourceFile[] {
  return listPaths()
    .filter(belongs)
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

export const isProductCode = (path: string): boolean =>
  /^(src|durable-objects)\/.*\.tsx?$/.test(path) && !path.endsWith(".test.ts");

const IMPORT =
  /(?:^|[\s;])(?:import|export)\b[^;"'`]*?\bfrom\s*["']([^"']+)["']|(?:^|[\s;=(])import\s*\(?\s*["']([^"']+)["']/g;
const COMMENT = /\/\*[\s\S]*?\*\/|(?<=^|[\s;{}])\/\/[^\n]*/g;

/** What a file imports, `import type` included: paths from the root for our own files, names for packages. */
export function importsOf({ path, text }: SourceFile): { target: string; own: boolean }[] {
  return [...text.replace(COMMENT, "").matchAll(IMPORT)].map((match) => {
    const named = match[1] ?? match[2] ?? "";
    const own = named.startsWith(".");
    return { target: own ? normalize(join(dirname(path), named)) : named, own };
  });
}
