// The shapes of a skill file, as schemas: what each key may hold. Meaning (names, references) is checked elsewhere.
import { z } from "zod";
import { parseSkillId } from "../domain/id.ts";
import { ROLES } from "../domain/principal.ts";
import { HIGHEST_RISK } from "../domain/risk.ts";
import { TIMEOUT_ACTIONS } from "../domain/run.ts";
import { INPUT_TYPES } from "../domain/skill.ts";
import { parseDurationMs } from "./expression-time.ts";
import { refuseWith } from "./skill-file-issues.ts";

const MAX_TEXT_LENGTH = 4000;
const MAX_STEPS = 200;
const MAX_DURATION_MS = 366 * 86_400_000;

const line = z.string().min(1).max(MAX_TEXT_LENGTH);

/** Any text for people: once, or in two languages. */
export const textShape = z.union([
  line,
  z.strictObject({ ru: line.optional(), en: line.optional() }).check(hasLanguage),
]);

function hasLanguage(
  context: z.core.ParsePayload<{ ru?: string | undefined; en?: string | undefined }>,
): void {
  if (context.value.ru !== undefined || context.value.en !== undefined) return;
  context.issues.push({ code: "custom", input: context.value, message: "needs ru or en" });
}

const DURATION_WORDS = {
  rule: "wrong_duration",
  message: { ru: "Это не промежуток времени.", en: "This is not a duration." },
  mend: {
    ru: "Напишите, например, 500ms, 10s, 5m, 2h, 1d.",
    en: "Write, for example, 500ms, 10s, 5m, 2h, 1d.",
  },
};

/** "10s" or a number of seconds, in milliseconds. */
export const durationShape = z.union([z.number(), z.string()]).transform((value, context) => {
  const ms = typeof value === "number" ? value * 1000 : parseDurationMs(value.replaceAll(" ", ""));
  if (ms !== null && ms > 0 && ms <= MAX_DURATION_MS) return ms;
  refuseWith(context, DURATION_WORDS);
  return z.NEVER;
});

const choiceValue = z.union([z.string(), z.number()]).transform(String);
const words = z.array(z.union([line, z.number()]).transform(String)).max(200);

export const inputFieldShape = z.strictObject({
  type: z.enum(INPUT_TYPES).optional(),
  unit: line.optional(),
  per: line.optional(),
  above: z.number().optional(),
  below: z.number().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  one_of: z
    .array(z.union([choiceValue, z.strictObject({ value: choiceValue, words: words.default([]) })]))
    .min(1)
    .max(1000)
    .optional(),
  ask: textShape.optional(),
  default: z.unknown().optional(),
  optional: z.boolean().optional(),
  words: words.optional(),
  many: z.boolean().optional(),
  schema: z.record(z.string(), z.unknown()).optional(),
});
export type InputFieldShape = z.infer<typeof inputFieldShape>;

const retryShape = z.union([
  z
    .number()
    .int()
    .min(0)
    .max(10)
    .transform((times) => ({ times, delayMs: 200 })),
  z
    .strictObject({ times: z.number().int().min(0).max(10), delay: durationShape.optional() })
    .transform(({ times, delay }) => ({ times, delayMs: delay ?? 200 })),
]);

/** The keys any step may carry, beside its kind. `undo` holds steps and is parsed where steps are. */
export const stepKeysShape = z.strictObject({
  id: z.string(),
  if: z.union([z.string().min(1), z.boolean().transform(String)]).optional(),
  needs: z.union([z.array(z.string()), z.string().transform((only) => [only])]).optional(),
  retry: retryShape.optional(),
  timeout: durationShape.optional(),
  on_error: z.enum(["fail", "continue"]).optional(),
  if_empty: textShape.optional(),
  only_new: line.optional(),
  cache: durationShape.optional(),
  undo: z.array(z.unknown()).optional(),
  max_rows: z.number().int().min(1).max(1_000_000).optional(),
});

export type StepKeysShape = z.infer<typeof stepKeysShape>;

export const STEP_KEYS: readonly string[] = Object.keys(stepKeysShape.shape);

const phraseList = z.array(line).max(500);
export const phrasesShape = z.strictObject({
  ru: phraseList.default([]),
  en: phraseList.default([]),
  /** Requests that sound like this skill and are not for it, in any language. */
  not: phraseList.default([]),
});

const approvalShape = z.union([
  z.enum(["always", "policy"]).transform((ask) => ({ ask, by: "owner" as const, show: undefined })),
  z
    .strictObject({
      ask: z.enum(["always", "policy"]).default("always"),
      by: z.enum(ROLES).default("owner"),
      show: line.optional(),
      expires: durationShape.optional(),
      on_timeout: z.enum(TIMEOUT_ACTIONS).optional(),
    })
    .transform(({ expires: expiresMs, on_timeout: onTimeout, ...rest }) => ({
      ...rest,
      ...(expiresMs !== undefined && { expiresMs }),
      ...(onTimeout !== undefined && { onTimeout }),
    })),
]);

const skillIdShape = z.string().transform((value, context) => {
  const id = parseSkillId(value);
  if (id !== null) return id;
  refuseWith(context, {
    rule: "wrong_id",
    message: { ru: `${value}: не имя навыка.`, en: `${value} is not a skill id.` },
    mend: {
      ru: "Имя навыка: раздел/имя, строчными латинскими буквами.",
      en: "A skill id is domain/name in lower-case Latin letters.",
    },
  });
  return z.NEVER;
});

const versionShape = z.string().check((context) => {
  if (/^\d+\.\d+\.\d+$/.test(context.value)) return;
  const params = {
    rule: "wrong_version",
    message: { ru: "Версия пишется тремя числами.", en: "A version is three numbers." },
    mend: {
      ru: 'Напишите, например, version: "1.2.0", или уберите её.',
      en: 'Write, for example, version: "1.2.0", or leave it out.',
    },
  };
  context.issues.push({ code: "custom", input: context.value, message: params.message.en, params });
});

const namesShape = z.record(z.string(), line);

export const skillShape = z.strictObject({
  id: skillIdShape.optional(),
  version: versionShape.optional(),
  description: textShape,
  tags: z.array(line).max(50).default([]),
  phrases: z.union([phraseList, phrasesShape]).optional(),
  input: z.record(z.string(), z.unknown()).default({}),
  steps: z.array(z.unknown()).min(1).max(MAX_STEPS),
  output: z.record(z.string(), z.unknown()).default({}),
  answer: textShape.optional(),
  details: textShape.optional(),
  names: z.strictObject({ ru: namesShape.optional(), en: namesShape.optional() }).optional(),
  approval: approvalShape.optional(),
  risk: z.number().int().min(0).max(HIGHEST_RISK).default(1),
  timeout: durationShape.optional(),
  deprecated: z.strictObject({ reason: line, replacement: skillIdShape.optional() }).optional(),
});
export type SkillShape = z.infer<typeof skillShape>;
