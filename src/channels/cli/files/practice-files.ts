// The practice tables that lie beside the skills of this folder.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Shell } from "../shell.ts";

export const toPracticePath = ({ place }: Pick<Shell, "place">, file = ""): string =>
  join(place.skillsDir, "fixtures", "tables", file);

/** Their names; none where the skills are not those of a clone. */
export function listPractice(shell: Pick<Shell, "place">): readonly string[] {
  const directory = toPracticePath(shell);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith(".csv"))
    .map((name) => name.slice(0, -".csv".length));
}
