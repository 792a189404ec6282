// `--record FILE`: what the services answered, as a fixture that practice mode and tests can replay.
import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import type { Json } from "../json.ts";

export async function saveRecording(path: string, answer: Json): Promise<void> {
  const { stringify } = await import("yaml");
  const { recording, run_id, created_at } = answer;
  const name = basename(path).replace(/\.[^.]*$/, "");
  const file = {
    name,
    note: `Recorded by skillos run --record, ${String(run_id)}`,
    asOf: created_at,
    exchanges: recording ?? [],
  };
  writeFileSync(path, path.endsWith(".json") ? `${JSON.stringify(file, null, 2)}\n` : stringify(file), {
    mode: 0o600,
  });
}
