// A skill as data: what a valid YAML file becomes. Templates stay strings; the expression engine compiles them once per text.
import type { SkillId } from "./id.ts";
import type { Role } from "./principal.ts";
import type { TimeoutAction } from "./run.ts";
import { type Locale, type Text, toPlain } from "./text.ts";

export const INPUT_TYPES = [
  "text",
  "number",
  "integer",
  "money",
  "date",
  "period",
  "choice",
  "place",
  "url",
  "file",
  "table",
] as const;
export type InputType = (typeof INPUT_TYPES)[number];

export interface InputChoice {
  readonly value: string;
  /** Words by which people name this choice, in both languages. */
  readonly words: readonly string[];
}

export interface InputField {
  readonly name: string;
  readonly type: InputType;
  readonly ask: Text;
  readonly optional: boolean;
  readonly default?: unknown;
  readonly unit?: string | undefined;
  /** For money: the unit the price is per. */
  readonly per?: string | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly above?: number | undefined;
  readonly below?: number | undefined;
  readonly oneOf?: readonly InputChoice[] | undefined;
  /** Words that point at this field in a sentence ("guests", "гостей"), beside its name. */
  readonly words?: readonly string[] | undefined;
  /** A list of values of this type. */
  readonly many?: boolean | undefined;
  /** JSON Schema for what the types above cannot say. */
  readonly schema?: Readonly<Record<string, unknown>> | undefined;
}

export interface Retry {
  readonly times: number;
  readonly delayMs: number;
}

export interface Step {
  readonly id: string;
  readonly kind: string;
  /** The value under the kind's key, already checked by that kind. */
  readonly with: unknown;
  readonly if?: string | undefined;
  readonly needs?: readonly string[] | undefined;
  readonly retry?: Retry | undefined;
  readonly timeoutMs?: number | undefined;
  readonly onError?: "fail" | "continue" | undefined;
  readonly ifEmpty?: Text | undefined;
  readonly onlyNew?: string | undefined;
  readonly maxRows?: number | undefined;
}

export interface SkillApproval {
  readonly ask: "always" | "policy";
  readonly by: Role;
  readonly show?: string | undefined;
  readonly expiresMs?: number | undefined;
  readonly onTimeout?: TimeoutAction | undefined;
}

export interface Skill {
  readonly id: SkillId;
  /** `1.2.0+<hash>`: the declared version and the content hash. */
  readonly version: string;
  readonly hash: string;
  readonly description: Text;
  readonly tags: readonly string[];
  readonly phrases: Readonly<Record<Locale, readonly string[]>> & {
    /** Requests that sound like this skill and are not for it. */
    readonly not: readonly string[];
  };
  readonly input: readonly InputField[];
  readonly steps: readonly Step[];
  /** JSON with templates. */
  readonly output: Readonly<Record<string, unknown>>;
  readonly answer?: Text | undefined;
  readonly details?: Text | undefined;
  /** What people call the names and words of the input and the output. */
  readonly names?: Readonly<Partial<Record<Locale, Readonly<Record<string, string>>>>> | undefined;
  readonly approval?: SkillApproval | undefined;
  /** TASK-006: where the risk score starts. */
  readonly baseRisk: number;
  readonly timeoutMs: number;
  readonly deprecated?: Deprecation | undefined;
}

/** What a skill says of itself and of its values, in one language. */
export function toSpoken(
  { description, names }: Skill,
  locale: Locale,
): { readonly description: string; readonly names?: Readonly<Record<string, string>> } {
  const known = names?.[locale];
  return { description: toPlain(description, locale), ...(known === undefined ? {} : { names: known }) };
}

export interface Deprecation {
  readonly reason: string;
  readonly replacement?: SkillId | undefined;
}

/** Said of a skill over HTTP, beside its file. Null: what its file says of being outdated does not hold. */
export interface SkillMark {
  readonly deprecated: Deprecation | null;
}
