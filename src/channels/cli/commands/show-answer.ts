// What most commands do with an answer: JSON as it is, a problem in words, or a few lines of their own.
import { type Answer, isGood } from "../client.ts";
import { toExitCodeOf } from "../exit-code.ts";
import { type Json, toText } from "../json.ts";
import { type Shell, toView } from "../shell.ts";
import { toProblemLines } from "../show/problem.ts";
import { formatZoned } from "../show/value.ts";
import { toTable } from "../show/table.ts";
import type { View } from "../show/view.ts";

export function showAnswer(
  answer: Answer,
  shell: Pick<Shell, "isJson" | "screen" | "locale">,
  draw: (body: Json, view: View) => readonly string[],
): number {
  const exitCode = isGood(answer) ? 0 : toExitCodeOf(answer.status, answer.body);
  if (shell.isJson) shell.screen.show([JSON.stringify(answer.body, null, 2)]);
  else if (isGood(answer)) shell.screen.show(draw(answer.body, toView(shell, answer.body)));
  else
    shell.screen.show(
      toProblemLines({ status: answer.status, ...answer.body }, exitCode, toView(shell, answer.body)),
    );
  return exitCode;
}

/** Lists do not always say in which zone their reader lives; that of runs does. Without either it is that of this computer. */
export async function withZone(answer: Answer, shell: Shell): Promise<Answer> {
  if (shell.isJson || !isGood(answer) || answer.body["time_zone"] !== undefined) return answer;
  return { ...answer, body: { ...answer.body, time_zone: await loadZone(shell) } };
}

export async function loadZone(shell: Shell): Promise<unknown> {
  return shell.isJson ? undefined : (await shell.call("GET /runs?limit=1")).body["time_zone"];
}

/** Of what starts runs at which nobody sits: whose yes they wait for, and when the key ends that they are bound to. */
export function toWaitLines(body: Json, view: View): readonly string[] {
  const { words } = view;
  const [by, ends] = [toText(body["needs_yes"]), toText(body["ends_at"])];
  return [
    ...(by === "" ? [] : [`  ${words.eachWaitsForYes(words.role(by))}`]),
    ...(ends === "" ? [] : [`  ${words.endsWithKey(formatZoned(ends, view))}`]),
  ];
}

/** Of what would start runs and does not: its key or its user is gone. */
export function toStoppedLines(one: Json, { words, paint }: View): readonly string[] {
  const why = toText(one["stopped"]);
  return why === "" ? [] : [paint("red", `✗ ${words.startsNothing(toText(one["id"]), why)}`)];
}

/** Rows as a table with these columns, or a word that there are none. */
export function toListLines(rows: readonly Json[], keys: readonly string[], view: View): readonly string[] {
  const columns = keys.map((key) => ({ key, title: view.words.titles[key] ?? key.replaceAll("_", " ") }));
  return rows.length === 0 ? [view.words.nothingHere] : toTable(rows, columns, view);
}
