// The files below a folder, as paths with "/" on every system.
import { existsSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

export function listFiles(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}
