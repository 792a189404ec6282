// From a request to a finished answer. Where a person is there, what is missing is asked for and sent again; without one
// the first answer stands. It never decides anything for the person.
import { type Answer, isGood } from "../client.ts";
import type { Asker } from "../ask.ts";
import { type Json, toJson, toJsonList, toList, toNumber, toText } from "../json.ts";
import { type Shell, toView } from "../shell.ts";
import { toUnderstoodLines } from "../show/understood.ts";
import type { View } from "../show/view.ts";
import { uploadFile } from "./attachment.ts";
import type { Wish } from "./wish.ts";

const MAX_TURNS = 20;
const POLL_MS = 500;
const UNFINISHED: ReadonlySet<string> = new Set(["queued", "running"]);

export interface Talk {
  readonly answer: Answer;
  /** The last request, with what the person added. */
  readonly body: Json;
  /** The answer, with what the first routing said: a request that names its skill is not routed again. */
  readonly told: Json;
  /** A question was asked, below what was understood. */
  readonly wasAsked: boolean;
}

export async function converse(wish: Wish, shell: Shell): Promise<Talk> {
  const view = toView(shell);
  let body = wish.body;
  let first: Json = {};
  let wasAsked = false;
  for (let turn = 0; ; turn += 1) {
    const sending = shell.call(wish.route, { json: body }).then((answer) => waitForEnd(answer, wish, shell));
    const answer = await shell.screen.during(view.words.working, sending);
    if (turn === 0) first = answer.body;
    const told = toTold(answer.body, first);
    const isLast = shell.asker === null || shell.isJson || turn >= MAX_TURNS;
    const next = isLast
      ? null
      : await askNext(answer, { body, told, first, asker: shell.asker, shell, view });
    if (next === null) return { answer, body, told, wasAsked };
    wasAsked ||= answer.body["status"] === "needs_input";
    if (answer.body["status"] === "needs_choice") first = {};
    body = next;
  }
}

/** The server answers after 30 s at the latest; a run that still works is looked at until it is done. */
async function waitForEnd(answer: Answer, wish: Wish, shell: Shell): Promise<Answer> {
  let latest = answer;
  while (!wish.isAsync && isGood(latest) && UNFINISHED.has(toText(latest.body["status"]))) {
    await new Promise((done) => setTimeout(done, POLL_MS));
    latest = await shell.call(`GET /runs/${toText(latest.body["run_id"])}`);
  }
  return latest;
}

function toTold(body: Json, first: Json): Json {
  const understood = [...toJsonList(first["understood"]), ...toJsonList(body["understood"])];
  const byName = new Map(understood.map((one) => [toText(one["name"]), one]));
  return {
    ...body,
    description: body["description"] ?? first["description"],
    confidence: toNumber(body["confidence"]) ?? toNumber(first["confidence"]),
    alternatives: toList(body["alternatives"]).length > 0 ? body["alternatives"] : first["alternatives"],
    understood: [...byName.values()],
  };
}

interface Moment {
  readonly body: Json;
  readonly told: Json;
  readonly first: Json;
  readonly asker: Asker | null;
  readonly shell: Shell;
  readonly view: View;
}

/** The request to send next, or null when there is nothing more to ask. */
async function askNext(answer: Answer, moment: Moment): Promise<Json | null> {
  const { asker, shell, view } = moment;
  if (asker === null) return null;
  const status = toText(answer.body["status"]);
  if (hasSteps(answer.body)) return null;
  if (status === "needs_choice") return askChoice(answer.body, moment, asker);
  if (status === "needs_input") {
    if (answer.body === moment.first)
      shell.screen.show(toUnderstoodLines(moment.told, toText(moment.told["description"]), view));
    return askMissing(toJsonList(answer.body["missing"]), moment, asker);
  }
  const field = toText(answer.body["field"]);
  const wasTyped =
    field !== "" && moment.first["status"] === "needs_input" && field in toJson(moment.body["input"]);
  if (answer.body["code"] !== "input_invalid" || !wasTyped) return null;
  shell.screen.show([`  ${view.paint("yellow", toText(answer.body["detail"]))}`]);
  const missing = toJsonList(moment.first["missing"]).filter((one) => one["name"] === field);
  return missing.length === 0 ? null : askMissing(missing, moment, asker);
}

/** Several requests in one: none of their skills is for the whole sentence, so none can be chosen for it. */
export function hasSteps(body: Json): boolean {
  return toList(body["steps"]).length > 0 && body["run_id"] === undefined;
}

async function askMissing(
  missing: readonly Json[],
  { body, told, shell, view }: Moment,
  asker: Asker,
): Promise<Json | null> {
  const input: Record<string, unknown> = { ...toJson(body["input"]) };
  for (const field of missing) {
    const name = toText(field["name"]);
    const typed = await asker.ask(
      [toText(field["ask"]) || name, toUnclear(field["said"], view)].filter(Boolean).join(" "),
    );
    if (typed === "") return null;
    const type = toList(toJson(field["schema"])["type"]);
    input[name] =
      type.includes("object") && type.includes("string") ? (await uploadFile(typed, shell)).value : typed;
  }
  // The skill is named now, so that the sentence cannot be understood differently the second time.
  const skill = body["query"] === undefined ? {} : { skill: told["skill"] };
  return { ...body, ...skill, input };
}

/** The words of the request that may be meant for what is asked. */
export function toUnclear(said: unknown, { words }: View): string {
  return Array.isArray(said) ? words.unclear(said.map((one) => `«${String(one)}»`).join(", ")) : "";
}

async function askChoice(answer: Json, { body, shell, view }: Moment, asker: Asker): Promise<Json | null> {
  const choices = toJsonList(answer["choices"]);
  const { words } = view;
  shell.screen.show([
    view.paint("bold", words.choose),
    ...choices.map((choice, at) => `  ${at + 1}  ${toChoiceText(choice)}`),
    `  0  ${words.none}`,
  ]);
  const typed = await asker.ask(words.chooseNumber);
  const chosen = choices.find((choice, at) => typed === String(at + 1) || typed === toText(choice["skill"]));
  return chosen === undefined ? null : { ...body, skill: chosen["skill"] };
}

export function toChoiceText(choice: Json): string {
  const percent = Math.round((toNumber(choice["confidence"]) ?? 0) * 100);
  const title = toText(choice["description"]);
  return `${toText(choice["skill"])}  ${percent} %${title === "" ? "" : `  ${title}`}`;
}
