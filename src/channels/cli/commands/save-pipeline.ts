// `route "…" --save NAME`: the one skill that does several requests in a row, as a file.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { EXIT_CODES } from "../../exit-codes.ts";
import { toShownPath } from "../files/shown-path.ts";
import { type Json, toField, toText } from "../json.ts";
import { Complaint, type Shell, toView } from "../shell.ts";
import { STEP_WORDS } from "../words/step-words.ts";
import { toNewSkill } from "./skill-id.ts";

export function savePipeline(name: string, body: Json, shell: Shell): number {
  const { id, base } = toNewSkill(name, shell);
  const yaml = toText(toField(body, "pipeline", "yaml"));
  if (yaml === "") throw new Complaint(({ oneRequest }) => oneRequest());
  const path = `${base}.yaml`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, yaml);
  const shown = toShownPath(path, shell.place.cwd);
  const view = toView(shell);
  shell.screen.show(
    shell.isJson
      ? [JSON.stringify({ id, files: [shown] }, null, 2)]
      : [view.words.made(shown), STEP_WORDS[view.locale].run(`npx skillos run-skill ${id}`)],
  );
  return EXIT_CODES.ok;
}
