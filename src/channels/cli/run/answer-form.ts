// A run that asks for values: asked here when somebody is here, sent as typed, asked again where a value does not fit.
import { Interrupted } from "../ask.ts";
import type { Asker } from "../ask.ts";
import type { Answer } from "../client.ts";
import { type Json, toField, toJson, toJsonList, toText } from "../json.ts";
import { type Shell, toView } from "../shell.ts";

const MAX_TURNS = 20;

/** Null: the person left, and the question stays open. */
export async function answerForm(body: Json, asker: Asker, shell: Shell): Promise<Answer | null> {
  const view = toView(shell, body);
  const missing = toJsonList(body["missing"]);
  const title = toText(toField(body, "form", "ask"));
  if (title !== "") shell.screen.show([view.paint("bold", title)]);
  let input: Json = {};
  let open = missing;
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    const typed = await askAll(open, asker);
    if (typed === null) return null;
    input = { ...input, ...typed };
    const sending = sendAnswer(toText(body["run_id"]), input, shell);
    const answer = await shell.screen.during(view.words.working, sending);
    const field = toText(answer.body["field"]);
    open = missing.filter((one) => one["name"] === field);
    if (answer.body["code"] !== "input_invalid" || open.length === 0) return answer;
    shell.screen.show([`  ${view.paint("yellow", toText(answer.body["detail"]))}`]);
  }
  return null;
}

export function sendAnswer(run: string, input: Json, shell: Pick<Shell, "call">): Promise<Answer> {
  return shell.call(`POST /runs/${encodeURIComponent(run)}/answer`, { json: { input } });
}

/** Null: nothing was said where something must be. */
async function askAll(fields: readonly Json[], asker: Asker): Promise<Json | null> {
  const input: Record<string, unknown> = {};
  try {
    for (const field of fields) {
      const name = toText(field["name"]);
      const typed = await asker.ask(toQuestion(field, name));
      if (typed !== "") input[name] = typed;
      else if (field["optional"] !== true) return null;
    }
  } catch (error) {
    if (error instanceof Interrupted) return null;
    throw error;
  }
  return input;
}

function toQuestion(field: Json, name: string): string {
  const choices = toJson(field["schema"])["enum"];
  const among = Array.isArray(choices) ? ` (${choices.map(String).join(" / ")})` : "";
  return `${toText(field["ask"]) || name}${among}`;
}
