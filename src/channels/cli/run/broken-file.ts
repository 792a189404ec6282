// A skill whose file was saved with a mistake is answered by its earlier version: said beside every answer, or whoever
// changed the file would not see why nothing changes. Known where the files are: on this computer.
import { join } from "node:path";
import { toShownPath } from "../files/shown-path.ts";
import { isServedHere, type Shell, toView } from "../shell.ts";
import { formatMoment } from "../show/value.ts";
import type { View } from "../show/view.ts";

export function warnOfBrokenFile(skill: string, shell: Shell): void {
  const { stateDir, skillsDir, cwd } = shell.place;
  if (skill === "" || !isServedHere(shell.place)) return;
  const broken = shell.local.loadBroken(stateDir);
  const names = [`${skill}.yaml`, `${skill}.yml`, `${skill}.phrases.yaml`];
  const [found] = names.flatMap((file) => (broken[file] ? [{ file, ...broken[file] }] : []));
  if (found === undefined) return;
  const view = toView(shell);
  const shown = `${toShownPath(join(skillsDir, found.file), cwd)}:${found.line}`;
  const since = formatMoment(found.since, view);
  shell.screen.warn([`${view.paint("yellow", "!")} ${view.words.brokenFile(shown, since)}`]);
}

/** Rules too: what holds is the earlier text, and a list of it would look as if the new one were taken. */
export function toBrokenPolicyLines(shell: Shell, view: View): readonly string[] {
  const { stateDir, skillsDir, cwd } = shell.place;
  if (!isServedHere(shell.place)) return [];
  const broken = Object.entries(shell.local.loadBroken(stateDir));
  return broken
    .filter(([file]) => file.startsWith("policies/"))
    .map(([file, { line, since }]) => {
      const place = `${toShownPath(join(skillsDir, file), cwd)}:${line}`;
      return view.paint("red", `✗ ${view.words.brokenPolicy(place, formatMoment(since, view))}`);
    });
}
