// The states of a run in the words of a list; whoever reads a word there may type it.
import { type Json, toField, toText } from "../json.ts";
import { WORDS } from "../words/words.ts";
import type { View } from "./view.ts";

/** A no is no failure. `code`: of the run's problem. */
export function toRunStatus(run: Json, view: Pick<View, "words">): string {
  const code = toText(run["code"]) || toText(toField(run, "problem", "code"));
  return code === "approval_denied" ? view.words.declinedStatus : toStatus(toText(run["status"]), view);
}

export function toStatus(status: string, view: Pick<View, "words">): string {
  const known: Readonly<Record<string, string>> = view.words.status;
  return known[status] ?? status;
}

/** The API's word for one that is shown, in either language, or for itself. Null: there is no such state. */
export function parseStatus(typed: string): string | null {
  const word = typed.trim().toLowerCase();
  const shown = Object.values(WORDS).flatMap(({ status }) => Object.entries(status));
  return shown.find(([status, name]) => word === status || word === name)?.[0] ?? null;
}

/** `done (succeeded), failed, …`: every state as it is shown, and as the API says it where that differs. */
export function toStatusList(view: Pick<View, "words">): string {
  return Object.entries(view.words.status)
    .map(([status, name]) => (status === name ? name : `${name} (${status})`))
    .join(", ");
}
