// A skill whose file was saved with a mistake is answered by its earlier version: said beside every answer, or whoever
// changed the file would not see why nothing changes. Known where the files are: on this computer.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { toShownPath } from "../files/shown-path.ts";
import { parseJson, toField, toNumber, toText } from "../json.ts";
import { type Shell, toView } from "../shell.ts";
import { formatMoment } from "../show/value.ts";

export function warnOfBrokenFile(skill: string, shell: Shell): void {
  const { stateDir, skillsDir, cwd, environment } = shell.place;
  if (skill === "" || environment["SKILLOS_URL"]) return;
  const broken = loadBroken(join(stateDir, "broken-files.json"));
  const file = [`${skill}.yaml`, `${skill}.yml`, `${skill}.phrases.yaml`].find(
    (name) => toField(broken, name) !== undefined,
  );
  if (file === undefined) return;
  const view = toView(shell);
  const known = toField(broken, file);
  const shown = `${toShownPath(join(skillsDir, file), cwd)}:${toNumber(toField(known, "line")) ?? 1}`;
  const since = formatMoment(toText(toField(known, "since")), view);
  shell.screen.warn([`${view.paint("yellow", "!")} ${view.words.brokenFile(shown, since)}`]);
}

function loadBroken(file: string): unknown {
  try {
    return parseJson(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
