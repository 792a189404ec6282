// What the rules need to know of a field, worked out once: its unit, its end of a movement, the words that point at it.
import type { InputChoice, InputField, InputType } from "../../domain/skill.ts";
import { CURRENCY_CODES, toCurrencyWords, toSpokenWords } from "./currencies.ts";
import type { Found, Role } from "./found.ts";
import type { Phrase } from "./phrase.ts";
import { toPhrase } from "./phrase.ts";
import { toNormal } from "./sentence.ts";
import type { Unit } from "./units.ts";
import { parseUnit, toFieldUnit } from "./units.ts";

export interface FieldPlan {
  readonly field: InputField;
  readonly role: Role | undefined;
  readonly unit: Unit | undefined;
  readonly per: Unit | undefined;
  /** Its own words, normalised. */
  readonly words: readonly string[];
  readonly cues: readonly Phrase[];
  readonly choices: readonly InputChoice[];
  readonly isRequired: boolean;
}

const START_WORDS = new Set(
  "from origin departure depart start since after newer later checkin min minimum begin out от из с со минимум вылет туда заезд начиная новее позже above over".split(
    " ",
  ),
);
const END_WORDS = new Set(
  "to destination end until till before earlier checkout max maximum limit budget deadline arrival arrive return back до в во максимум обратно выезд under below бюджет лимит older старше раньше".split(
    " ",
  ),
);
/** In `words` of a date: dates without a year look back. Not a word to be found. */
const PAST = "past";
// Too common to point at a field when they are only its name.
const WEAK_NAMES = new Set(
  "from to date dates in at on of per value query text words name title q input until since before after min max type kind".split(
    " ",
  ),
);

function toNameParts(name: string): string[] {
  return toNormal(name.replace(/([a-z])([A-Z])/g, "$1_$2").replace(/check_?(in|out)/gi, "check$1"))
    .split(/[_-]/)
    .filter((part) => part !== "");
}

function toRole(field: InputField): Role | undefined {
  const words = [...toNameParts(field.name), ...(field.words ?? []).map((word) => toNormal(word).trim())];
  const isStart = words.some((word) => START_WORDS.has(word));
  const isEnd = words.some((word) => END_WORDS.has(word));
  if (isStart === isEnd) return undefined;
  return isStart ? "start" : "end";
}

function toCues(field: InputField): Phrase[] {
  const parts = toNameParts(field.name).filter((part) => part.length > 1 && !WEAK_NAMES.has(part));
  const words = (field.words ?? []).filter((word) => word !== PAST);
  return [...words, ...parts].map(toPhrase).filter((phrase) => phrase.length > 0);
}

/** The unit of a number: declared, or said by its name (`kg`, `weight_kg`, `guests`, `nights`). */
function toUnit(field: InputField): Unit | undefined {
  if (field.unit !== undefined) return toFieldUnit(field.unit);
  if (field.type !== "number" && field.type !== "integer") return undefined;
  const last = toNameParts(field.name).at(-1);
  return last === undefined || last.length < 2 ? undefined : parseUnit(last);
}

/** Choices with their words; codes of ISO 4217 bring the words of their currency with them. */
function toChoices(field: InputField): InputChoice[] {
  const isCurrency = /currenc/.test(field.name) || field.schema?.["format"] === "currency";
  const declared = field.oneOf ?? (isCurrency ? CURRENCY_CODES.map((value) => ({ value, words: [] })) : []);
  return declared.map(({ value, words }) => ({ value, words: [value, ...words, ...toSpokenWords(value)] }));
}

const TYPES_OF_KIND: Readonly<Record<Exclude<Found["kind"], "choice">, readonly InputType[]>> = {
  number: ["number", "integer", "money"],
  time: ["date", "period"],
  place: ["place"],
  url: ["url"],
  file: ["file"],
};

/** Whether a field takes values of this kind at all. A field with choices takes only those. */
export function isOfKind(plan: FieldPlan, kind: Found["kind"]): boolean {
  if (kind === "choice") return plan.choices.length > 0;
  return plan.choices.length === 0 && TYPES_OF_KIND[kind].includes(plan.field.type);
}

/** Whether one of the fields is of one of these types. */
export function hasType(plans: readonly FieldPlan[], ...types: readonly string[]): boolean {
  return plans.some((plan) => types.includes(plan.field.type));
}

export function isPastField(field: InputField): boolean {
  return field.words?.includes(PAST) ?? false;
}

export function isCurrencyPlan(plan: FieldPlan): boolean {
  return plan.choices.some((choice) => toCurrencyWords(choice.value).length > 0);
}

function makePlan(field: InputField): FieldPlan {
  return {
    field,
    role: toRole(field),
    unit: toUnit(field),
    per: field.per === undefined ? undefined : toFieldUnit(field.per),
    words: (field.words ?? []).map((word) => toNormal(word).trim()),
    cues: toCues(field),
    choices: field.type === "choice" || field.oneOf !== undefined ? toChoices(field) : [],
    isRequired: !field.optional && field.default === undefined,
  };
}

// A skill's fields live as long as its version; each is worked out once.
const plans = new WeakMap<InputField, FieldPlan>();

export function toFieldPlan(field: InputField): FieldPlan {
  const known = plans.get(field);
  if (known) return known;
  const made = makePlan(field);
  plans.set(field, made);
  return made;
}
