// The person's yes, no, or "without these": asked here, decided by the server, which binds it to the plan's hash.
import type { Asker } from "../ask.ts";
import { type Json, toField, toJsonList, toText } from "../json.ts";
import type { Shell } from "../shell.ts";
import { toRows, toWrites } from "../show/trial.ts";
import type { View } from "../show/view.ts";

export type Decision = { readonly yes: true; readonly exclude: readonly string[] } | { readonly yes: false };

interface Entry {
  /** As the API names it: `step:n#entity`. */
  readonly key: string;
  readonly entity: Json;
}

export async function askApproval(
  answer: Json,
  around: { shell: Shell; asker: Asker; view: View },
): Promise<Decision> {
  const { shell, asker, view } = around;
  const { words } = view;
  const role = words.role(toText(toField(answer, "plan", "approval", "by")) || "owner");
  for (;;) {
    const said = (await asker.ask(words.approveAs(role))).toLowerCase();
    if (words.yes.includes(said)) return { yes: true, exclude: [] };
    if (words.no.includes(said)) return { yes: false };
    if (words.leaveOut.includes(said)) {
      const exclude = await askExcluded(toEntries(answer), answer, around);
      if (exclude !== null) return { yes: true, exclude };
    }
    shell.screen.show([`  ${words.yesOrNo}`]);
  }
}

function toEntries(answer: Json): readonly Entry[] {
  return toWrites(answer).flatMap((write) => {
    const key = toText(write["key"]);
    const place = key.startsWith("run_") ? key.slice(key.indexOf(":") + 1) : key;
    return toJsonList(write["entities"]).map((entity) => ({
      key: `${place}#${toText(entity["id"])}`,
      entity,
    }));
  });
}

/** Null: everything would be left out, or a number was wrong; the question is asked again. */
async function askExcluded(
  entries: readonly Entry[],
  answer: Json,
  { shell, asker, view }: { shell: Shell; asker: Asker; view: View },
): Promise<readonly string[] | null> {
  const rows = toRows(
    entries.map(({ entity }) => entity),
    answer,
    view,
  );
  shell.screen.show(
    rows.map((row, at) => (at < entries.length ? `  ${String(at + 1).padStart(2)}  ${row}` : `      ${row}`)),
  );
  const typed = (await asker.ask(view.words.whichToLeaveOut)).split(/[\s,;]+/).filter((part) => part !== "");
  const found = typed.map(
    (part) => entries[Number(part) - 1] ?? entries.find(({ entity }) => toText(entity["id"]) === part),
  );
  const unknown = typed.find((_, at) => found[at] === undefined);
  if (unknown !== undefined) shell.screen.show([`  ${view.words.notThere(unknown)}`]);
  const keys = [...new Set(found.flatMap((entry) => (entry === undefined ? [] : [entry.key])))];
  return unknown !== undefined || keys.length === 0 || keys.length === entries.length ? null : keys;
}
