// What the person asked for, from the words and flags of `run` and `run-skill`: the request's body and how to carry it through.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { detectLocale, type Locale } from "../../../kernel/domain/text.ts";
import { loadSkillId } from "../commands/skill-id.ts";
import { type Given, hasOption, toOption, toOptions } from "../command.ts";
import type { Json } from "../json.ts";
import { Complaint, type Shell } from "../shell.ts";
import { uploadFile } from "./attachment.ts";

export interface Wish {
  readonly route: string;
  readonly body: Json;
  readonly query: string | null;
  readonly locale: Locale;
  /** What was typed, without the flags that change nothing in what is asked. */
  readonly command: string;
  /** Pages of the file that goes along, when they can be counted here. */
  readonly pages: number | null;
  readonly planPath: string | null;
  /** The plan's path as it was typed. */
  readonly planShown: string | null;
  readonly recordPath: string | null;
  readonly isDryRun: boolean;
  readonly isExecute: boolean;
  readonly isAsync: boolean;
  /** How much of the inside of the run is shown. */
  readonly detail: "debug" | "profile" | "trace" | null;
}

const DETAILS = ["trace", "profile", "debug"] as const;

export interface Target {
  readonly query: string | null;
  readonly skill: string | null;
}

export async function toWish(target: Target, given: Given, shell: Shell): Promise<Wish> {
  const sets = parseSets(toOptions(given, "set"));
  const file = toOption(given, "file");
  const uploaded = file === "" ? null : await uploadFile(file, shell);
  const input: Record<string, unknown> = uploaded === null ? {} : { file: uploaded.value };
  for (const [name, value] of sets)
    input[name] =
      value.startsWith("@") && isFile(value, shell) ? (await uploadFile(value.slice(1), shell)).value : value;
  const isDryRun = hasOption(given, "dryRun");
  return {
    route: await toRoute(target, shell),
    body: { ...toBody(target, given), ...(Object.keys(input).length === 0 ? {} : { input }) },
    query: target.query,
    locale: target.query === null ? shell.locale : detectLocale(target.query),
    command: toCommand(target, file, sets),
    pages: toPages(uploaded, input),
    planPath: toPath(toOption(given, "planPath"), shell),
    planShown: toOption(given, "planPath") || null,
    recordPath: toPath(toOption(given, "record"), shell),
    isDryRun,
    isExecute: hasOption(given, "execute"),
    isAsync: hasOption(given, "async"),
    detail: DETAILS.find((name) => hasOption(given, name)) ?? null,
  };
}

/** Of a part that was asked for nobody knows here how much it is. */
function toPages(uploaded: { readonly pages: number | null } | null, input: object): number | null {
  return uploaded === null || "pages" in input ? null : uploaded.pages;
}

function toPath(text: string, shell: Shell): string | null {
  return text === "" ? null : resolve(shell.place.cwd, text);
}

function isFile(value: string, shell: Shell): boolean {
  return existsSync(resolve(shell.place.cwd, value.slice(1)));
}

export function parseSets(
  sets: readonly string[],
  flag = "--set",
): readonly (readonly [name: string, value: string])[] {
  return sets.map((set) => {
    const at = set.indexOf("=");
    if (at < 1) throw new Complaint(({ badSet }) => badSet(set, flag));
    return [set.slice(0, at).trim(), set.slice(at + 1)] as const;
  });
}

/** A skill that is named without a sentence has a path of its own; with a sentence it only narrows where that goes. */
async function toRoute({ query, skill }: Target, shell: Shell): Promise<string> {
  if (skill === null || query !== null) return "POST /run";
  return `POST /skills/${await loadSkillId(skill, shell)}/run`;
}

/** Flags and words of the command, and the fields of the API that they are. */
const SWITCHES = {
  execute: "execute",
  dryRun: "dry_run",
  async: "async",
  practice: "practice",
  allowStale: "allow_stale",
} as const;
const TEXTS = { approval: "approval", approvalToken: "approval_token", mode: "mode" } as const;

function toBody({ query, skill }: Target, given: Given): Json {
  const approval = toOption(given, "approval");
  if (approval !== "" && approval !== "approved")
    throw new Complaint(({ badApproval }) => badApproval(approval));
  const body: Record<string, unknown> = query === null ? {} : { query, ...(skill === null ? {} : { skill }) };
  for (const [option, field] of Object.entries(SWITCHES)) if (hasOption(given, option)) body[field] = true;
  for (const [option, field] of Object.entries(TEXTS))
    if (toOption(given, option) !== "") body[field] = toOption(given, option);
  if (toOption(given, "record") !== "") body["record"] = true;
  if (wantsSteps(given)) body["debug"] = true;
  const tags = toOptions(given, "tag");
  return tags.length === 0 ? body : { ...body, tag: tags };
}

/** What a screen shows of a trial is more than a program that reads JSON asks for. */
function wantsSteps(given: Given): boolean {
  return !hasOption(given, "json") || DETAILS.some((name) => hasOption(given, name));
}

function toCommand(
  { query, skill }: Target,
  file: string,
  sets: readonly (readonly [string, string])[],
): string {
  const first =
    query === null ? `npx skillos run-skill ${skill ?? ""}` : `npx skillos run ${JSON.stringify(query)}`;
  return [
    first,
    ...(file === "" ? [] : [`--file ${file}`]),
    ...sets.filter(([name]) => name !== "pages").map(([name, value]) => `--set ${name}=${value}`),
  ].join(" ");
}
