// What a step takes from the steps before it: a value of the same name and kind, or one that its own words name ("convert the profit").
// Where two would do, none is taken: the person is asked.
import type { InputField, Skill } from "../domain/skill.ts";
import { normalise, toWords } from "../routing/text/normalise.ts";
import { toStem } from "../routing/text/stem.ts";

type Kind = InputField["type"];

export interface EarlierStep {
  readonly id: string;
  readonly skill: Skill;
}

export interface WiredStep {
  readonly text: string;
  readonly skill: Skill;
  /** Names that the sentence gives no value for. */
  readonly missing: readonly string[];
}

const EXPRESSION = /^\s*\$\{\{\s*([^]*?)\s*\}\}\s*$/;
const OF_INPUT = /^input\.(\w+)$/;
const MONEY = /^money\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)$/;
const NUMBER =
  /^(?:round|sum|double|min|max|floor|ceil|size|int)\((?:[^()']|\((?:[^()']|\([^()']*\))*\))*\)$/;

/** The expression that the field takes, or null where no single one fits. */
export function findWire(field: InputField, step: WiredStep, earlier: readonly EarlierStep[]): string | null {
  const outputs = earlier.flatMap(({ id, skill }) =>
    Object.entries(skill.output)
      .filter(([, value]) => fits(field, toKind(value, skill)))
      .map(([name]) => ({ name, skill, expression: `\${{ ${id}.${name} }}` })),
  );
  const namesakes = outputs.filter(({ name }) => name === field.name);
  const named = isOnlyNumber(field, step) ? outputs.filter((one) => isNamed(one, step.text)) : [];
  const [found, ...others] = namesakes.length > 0 ? namesakes : named;
  return found === undefined || others.length > 0 ? null : found.expression;
}

/** A word for a value tells which one is meant, and only one place is open for it. */
function isOnlyNumber(field: InputField, { skill, missing }: WiredStep): boolean {
  const numbers = skill.input.filter(({ name, type }) => missing.includes(name) && isNumeric(type));
  return numbers.length === 1 && numbers[0]?.name === field.name;
}

function isNumeric(kind: Kind | null): boolean {
  return kind === "number" || kind === "money";
}

/** What an output is, as far as its expression tells. */
function toKind(value: unknown, skill: Skill): Kind | null {
  if (typeof value === "number") return "number";
  const expression = typeof value === "string" ? EXPRESSION.exec(value)?.[1] : undefined;
  if (expression === undefined) return null;
  const input = OF_INPUT.exec(expression)?.[1];
  if (input !== undefined) return toPlainKind(skill.input.find(({ name }) => name === input));
  if (MONEY.test(expression)) return "money";
  return NUMBER.test(expression) ? "number" : null;
}

function toPlainKind(field: InputField | undefined): Kind | null {
  return field === undefined || field.many === true ? null : field.type;
}

/** A price per kilogram is no sum: what is per something is not taken from elsewhere. */
function fits({ type, many, per }: InputField, kind: Kind | null): boolean {
  if (kind === null || many === true || per !== undefined) return false;
  return type === kind || (isNumeric(type) && isNumeric(kind));
}

function isNamed({ name, skill }: { readonly name: string; readonly skill: Skill }, text: string): boolean {
  const said = new Set(toStems(text));
  return [name, skill.names?.ru?.[name], skill.names?.en?.[name]].some((title) => {
    const stems = toStems((title ?? "").replaceAll("_", " "));
    return stems.length > 0 && stems.every((stem) => said.has(stem));
  });
}

function toStems(text: string): string[] {
  return toWords(normalise(text)).map(toStem);
}
