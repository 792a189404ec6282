// The practice tables that lie beside the skills of this folder.
import { join } from "node:path";
import type { Shell } from "../shell.ts";

export const toPracticePath = ({ place }: Pick<Shell, "place">, file = ""): string =>
  join(place.skillsDir, "fixtures", "tables", file);

/** Their names; none where the skills are not those of a clone. */
export function listPractice(shell: Shell): readonly string[] {
  return shell.local.listTables(toPracticePath(shell));
}
