// One skill that does several requests in a row, as the file that its owner would write: each step calls a skill. What the sentence
// gave is the default of an input; what a step needs and nobody gave is asked for.
import { Document, isCollection } from "yaml";
import { isSkillId, isStepId, type SkillId } from "../domain/id.ts";
import { invariant } from "../domain/refusal.ts";
import type { InputField, Skill } from "../domain/skill.ts";
import { detectLocale, type Locale, toPlain } from "../domain/text.ts";
import { toCanonicalJson } from "../domain/canonical.ts";
import { type EarlierStep, findWire, type WiredStep } from "./pipeline-wiring.ts";

export interface PipelineStep extends WiredStep {
  /** What the sentence says of its input. */
  readonly said: Readonly<Record<string, unknown>>;
}

export interface PipelineFile {
  readonly skill: SkillId;
  /** The inputs without a value. */
  readonly missing: readonly string[];
  readonly yaml: string;
}

interface OwnField {
  readonly field: InputField;
  readonly skill: Skill;
  readonly default?: unknown;
}

type OwnFields = Map<string, OwnField>;

/** Names that expressions use for other things. */
const TAKEN_NAMES: readonly string[] = ["input", "output", "run"];

/** `asked`: the whole sentence, which finds the new skill from then on. */
export function toPipelineFile(
  asked: string,
  steps: readonly PipelineStep[],
  isTaken: (id: SkillId) => boolean,
): PipelineFile {
  const fields: OwnFields = new Map();
  const done: EarlierStep[] = [];
  const calls = steps.map((step) => {
    const id = toStepId(step.skill, done);
    const input = toCallInput(step, { fields, done });
    done.push({ id, skill: step.skill });
    return { id, skill: { run: step.skill.id, ...(Object.keys(input).length === 0 ? {} : { input }) } };
  });
  const content = {
    description: toDescription(steps.map(({ skill }) => skill)),
    phrases: { [detectLocale(asked)]: [asked] },
    ...(fields.size === 0
      ? {}
      : { input: Object.fromEntries([...fields].map(([name, own]) => [name, toFieldShape(own)])) }),
    steps: calls,
    output: Object.fromEntries(done.map(({ id }) => [id, `\${{ ${id} }}`])),
    names: toNames(done, fields),
  };
  return {
    skill: toFreeId(steps, isTaken),
    missing: [...fields].filter(([, own]) => !("default" in own)).map(([name]) => name),
    yaml: toYaml(content),
  };
}

function toFreeName(wanted: string, isTaken: (name: string) => boolean): string {
  let name = wanted;
  for (let n = 2; isTaken(name); n += 1) name = `${wanted}_${n}`;
  return name;
}

function toStepId({ id }: Skill, done: readonly EarlierStep[]): string {
  const name = (id.split("/")[1] ?? id).replaceAll("-", "_");
  const wanted = isStepId(name) && !TAKEN_NAMES.includes(name) ? name : `step_${name}`;
  return toFreeName(wanted, (one) => done.some((step) => step.id === one));
}

function toFreeId(steps: readonly PipelineStep[], isTaken: (id: SkillId) => boolean): SkillId {
  const [domain = ""] = steps[0]?.skill.id.split("/") ?? [];
  const name = steps.map(({ skill }) => skill.id.split("/")[1] ?? "").join("_then_");
  const id = toFreeName(`${domain}/${name}`, (one) => isSkillId(one) && isTaken(one));
  invariant(isSkillId(id), "names of skills joined are the name of a skill");
  return id;
}

interface Place {
  readonly fields: OwnFields;
  readonly done: readonly EarlierStep[];
}

function toCallInput(step: PipelineStep, { fields, done }: Place): Record<string, string> {
  const input: Record<string, string> = {};
  for (const field of step.skill.input) {
    const isSaid = Object.hasOwn(step.said, field.name) && isPlain(step.said[field.name], field);
    if (!isSaid && !isNeeded(field, step)) continue;
    const wire = isSaid ? null : findWire(field, step, done);
    const { skill } = step;
    const own: OwnField = isSaid ? { field, skill, default: step.said[field.name] } : { field, skill };
    input[field.name] = wire ?? `\${{ input.${takeField(own, fields)} }}`;
  }
  return input;
}

/** A said value that cannot stand in a file must still be given. */
function isNeeded({ name }: InputField, { missing, said }: PipelineStep): boolean {
  return missing.includes(name) || Object.hasOwn(said, name);
}

/** A file that was attached once is not in every run, and what looks like an expression is no text here. */
function isPlain(value: unknown, { type }: InputField): boolean {
  return type !== "file" && type !== "table" && !toCanonicalJson(value).includes("${{");
}

/** The same thing is asked once: a namesake of the same kind, with the same value or none. */
function takeField(own: OwnField, fields: OwnFields): string {
  const { name } = own.field;
  const known = fields.get(name);
  if (known !== undefined && isSame(known, own)) return name;
  const free = toFreeName(name, (one) => fields.has(one));
  fields.set(free, own);
  return free;
}

function isSame(known: OwnField, own: OwnField): boolean {
  const { field: a } = known;
  const { field: b } = own;
  const isKind = a.type === b.type && a.unit === b.unit && a.per === b.per && a.many === b.many;
  return isKind && (!("default" in own) || toCanonicalJson(known.default) === toCanonicalJson(own.default));
}

function toFieldShape(own: OwnField): Record<string, unknown> {
  const { name: _name, type, oneOf, optional: _optional, default: _default, ...rest } = own.field;
  const choices = oneOf?.map(({ value, words }) => (words.length === 0 ? value : { value, words }));
  return {
    type,
    ...rest,
    ...(choices === undefined ? {} : { one_of: choices }),
    ...("default" in own ? { default: own.default } : {}),
  };
}

const THEN: Readonly<Record<Locale, string>> = { ru: ", потом ", en: ", then " };

function toDescription(skills: readonly Skill[]): Readonly<Record<Locale, string>> {
  const join = (locale: Locale): string =>
    skills.map(({ description }) => toPlain(description, locale)).join(THEN[locale]);
  return { ru: join("ru"), en: join("en") };
}

type Names = Readonly<Record<string, string>>;

/** What the called skills say of their names; of one name the first. */
function toNames(done: readonly EarlierStep[], fields: OwnFields): Readonly<Record<Locale, Names>> {
  const of = (locale: Locale): Names =>
    Object.fromEntries([
      ...done.toReversed().flatMap(({ skill }) => Object.entries(skill.names?.[locale] ?? {})),
      ...[...fields].flatMap(([name, { field, skill }]) => {
        const title = skill.names?.[locale]?.[field.name];
        return title === undefined ? [] : [[name, title] as const];
      }),
      ...done.map(({ id, skill }) => [id, toPlain(skill.description, locale)]),
    ]);
  return { ru: of("ru"), en: of("en") };
}

/** Short things stand on one line, as in files that people write. */
function toYaml(content: Readonly<Record<string, unknown>>): string {
  const document = new Document(content, { aliasDuplicateObjects: false });
  const steps = Array.isArray(content["steps"])
    ? content["steps"].map((_, at) => ["steps", at, "skill"])
    : [];
  const inputs = Object.keys(Object(content["input"])).map((name) => ["input", name]);
  for (const path of [["description"], ["phrases"], ["names", "ru"], ["names", "en"], ...inputs, ...steps]) {
    const node = document.getIn(path, true);
    if (isCollection(node)) node.flow = true;
  }
  return document.toString({ lineWidth: 0 });
}
