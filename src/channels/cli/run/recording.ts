// `--record FILE`: what the services answered, as a fixture that practice mode and tests can replay.
import { writeFileSync } from "node:fs";
import { type Json, toField, toJsonList, toText } from "../json.ts";
import type { View } from "../show/view.ts";

/** Where no service answered there is no file: a fixture without answers is refused among the skills. */
export async function saveRecording(path: string, answer: Json): Promise<void> {
  const exchanges = toJsonList(answer["recording"]);
  if (exchanges.length === 0) return;
  const { stringify } = await import("yaml");
  const file = {
    note: `Recorded by skillos run --record, ${toText(answer["run_id"])}`,
    as_of: toText(answer["created_at"]),
    exchanges,
  };
  writeFileSync(path, path.endsWith(".json") ? `${JSON.stringify(file, null, 2)}\n` : stringify(file), {
    mode: 0o600,
  });
}

/** Of a run; a request that led to none has nothing to say about it. */
export function toRecordedLines(path: string | null, answer: Json, { words }: View): readonly string[] {
  if (path === null || answer["plan"] === undefined) return [];
  if (toJsonList(answer["recording"]).length > 0) return [`  ${words.savedRecording(path)}`];
  const effects = toJsonList(toField(answer, "plan", "effects"));
  const isAsking = effects.some((effect) => effect["via"] !== "sql" && effect["via"] !== "file");
  const why = !isAsking ? "unasked" : answer["data"] === "practice" ? "practice" : "unanswered";
  return [`  ${words.nothingRecorded[why]}`];
}
