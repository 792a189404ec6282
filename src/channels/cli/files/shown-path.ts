// How a path is written for the person who reads it.
import { relative } from "node:path";

/** As a person in this folder would type it. */
export function toShownPath(path: string, cwd: string): string {
  const shown = relative(cwd, path);
  return shown.startsWith("..") ? path : shown;
}
