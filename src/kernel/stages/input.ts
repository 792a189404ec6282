// The values a skill is run with: what was given, then what the sentence says, then defaults. Nothing is guessed.
import type { RunRequest } from "../domain/request.ts";
import type { RefusalOf } from "../domain/refusal.ts";
import type { Understanding } from "../domain/run.ts";
import type { InputField, Skill } from "../domain/skill.ts";
import { detectLocale } from "../domain/text.ts";
import { checkInput } from "../language/parameters/check-input.ts";
import { parseParameters } from "../language/parameters/parse-parameters.ts";
import type { UnclearAmount } from "../language/parameters/unclear-amounts.ts";
import { findRecurrence } from "../language/recurrence.ts";
import type { TenantFacts } from "../ports/catalogue.ts";

export type InputDecision =
  | {
      readonly values: Readonly<Record<string, unknown>>;
      readonly understood: Understanding["understood"];
      readonly missing: readonly InputField[];
      /** Amounts that found no field. */
      readonly unclear: readonly UnclearAmount[];
    }
  | { readonly refusal: RefusalOf<"input_invalid"> };

/** What of a request says with which values a skill is to run. */
export type InputRequest = Pick<RunRequest, "query" | "input" | "files" | "locale">;

/** A part of a request in which several things are asked: of the values that came with it, each skill takes its own. */
export function toPartRequest(request: InputRequest, { input }: Skill, query: string): InputRequest {
  const names = new Set(input.map(({ name }) => name));
  const own = Object.entries(request.input).filter(([name]) => names.has(name));
  return { ...request, query, input: Object.fromEntries(own) };
}

interface Around {
  readonly now: number;
  readonly tenant: Pick<TenantFacts, "timeZone" | "currency">;
}

export function decideInput(skill: Skill, request: InputRequest, around: Around): InputDecision {
  const context = {
    now: around.now,
    timeZone: around.tenant.timeZone,
    locale: request.locale ?? detectLocale(request.query ?? ""),
    currency: around.tenant.currency,
    topic: skill.description,
  };
  const given = checkInput({ ...toFileValues(skill.input, request), ...request.input }, skill.input, context);
  if ("refusal" in given) return given;
  const isGiven = (field: InputField): boolean => Object.hasOwn(given.values, field.name);
  const open = skill.input.filter((field) => !isGiven(field));
  const found =
    request.query === null
      ? { values: {}, understood: [], unclear: [] }
      : parseParameters(toOnce(request.query), open, { ...context, given: skill.input.filter(isGiven) });
  const values = { ...toDefaults(open), ...found.values, ...given.values };
  const missing = open.filter((field) => !Object.hasOwn(values, field.name) && !field.optional);
  const { understood, unclear } = found;
  return { values: withNulls(skill, values), understood, missing, unclear };
}

type Decided = Exclude<InputDecision, { readonly refusal: unknown }>;

/**
 * `decideInput` for somebody who can be asked. A day that is none and a currency that a skill does not know are asked for. Of an
 * amount that found no field whoever only looks sees what was understood; where something is changed, it is asked for too.
 */
export function decideAsked(
  skill: Skill,
  request: InputRequest,
  around: Around & { readonly mayChange: (skill: Skill) => boolean },
): InputDecision {
  const decided = decideInput(skill, request, around);
  if ("refusal" in decided) return decided;
  if (decided.unclear.length === 0) return decided;
  const isAll = around.mayChange(skill);
  return askUnclear(skill, { ...decided, unclear: decided.unclear.filter((one) => isAll || one.isUnknown) });
}

/** Of the fields that an amount may be meant for: those that nobody named, else those that another amount was taken for. */
function askUnclear(skill: Skill, decided: Decided): Decided {
  const said = new Set(decided.understood.map(({ name }) => name));
  const unclear = decided.unclear.map(({ names, words }) => {
    const open = names.filter((name) => !said.has(name));
    return { names: open.length > 0 ? open : names, words };
  });
  const asked = new Set(unclear.flatMap(({ names }) => names));
  const dropped = decided.understood.filter(({ name }) => asked.has(name));
  return {
    values: Object.fromEntries(Object.entries(decided.values).filter(([name]) => !asked.has(name))),
    understood: decided.understood.filter(({ name }) => !asked.has(name)),
    missing: skill.input.filter((field) => asked.has(field.name) || decided.missing.includes(field)),
    unclear: [...dropped.map(({ name, words }) => ({ names: [name], words })), ...unclear],
  };
}

/** "every Monday at 9" says when to ask again, and is no date of what is asked. */
function toOnce(query: string): string {
  return findRecurrence(query)?.rest ?? query;
}

function toFileValues(
  fields: readonly InputField[],
  { input, files = [] }: InputRequest,
): Record<string, unknown> {
  const left = [...files];
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    if (field.type !== "file" || Object.hasOwn(input, field.name) || left.length === 0) continue;
    values[field.name] = field.many === true ? left.splice(0) : left.shift();
  }
  return values;
}

function toDefaults(fields: readonly InputField[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.filter((field) => field.default !== undefined).map((field) => [field.name, field.default]),
  );
}

/** An optional value that nobody gave is null, so that an expression can ask for it. */
function withNulls(skill: Skill, values: Record<string, unknown>): Record<string, unknown> {
  const absent = skill.input.filter((field) => field.optional && !Object.hasOwn(values, field.name));
  return { ...values, ...Object.fromEntries(absent.map((field) => [field.name, null])) };
}
