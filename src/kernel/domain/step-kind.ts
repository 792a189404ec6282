// A step kind as one object: what it is called, what it accepts, which effects it means, how it runs. Shared code asks
// these properties and never compares `kind`.
import type { ZodType } from "zod";
import type { EffectAnswer, EffectRequest } from "./effect.ts";
import type { SkillId } from "./id.ts";
import type { Step } from "./skill.ts";
import type { Text } from "./text.ts";

/** What a step is given while it runs; nothing else reaches it. */
export interface StepContext {
  resolve<T>(template: T): T;
  /** For SQL: every expression becomes `?` and a bound value. */
  bind(template: string): { text: string; values: readonly unknown[] };
  perform(effect: EffectRequest): Promise<EffectAnswer>;
  runBlock(steps: readonly Step[], name: string): Promise<Readonly<Record<string, unknown>>>;
  runSkill(id: SkillId, input: Readonly<Record<string, unknown>>): Promise<unknown>;
  readonly step: Step;
}

/** An effect as the file alone shows it. */
export interface EffectGuess {
  readonly via: string;
  readonly connector?: string | undefined;
  /** Templates unresolved. */
  readonly request: unknown;
  /** How often at most; null when only a run can tell. */
  readonly times: number | null;
  /** The skill whose own effects stand here. */
  readonly childSkill?: SkillId | undefined;
}

/** A kind that contains steps takes the schema of a list of steps and places it where its steps stand. */
type WithSchema<With> = ZodType<With> | ((steps: ZodType<readonly Step[]>) => ZodType<With>);

export interface StepKind<With> {
  readonly kind: string;
  readonly summary: Text;
  readonly with: WithSchema<With>;
  /** Names that expressions under this key see beside those of the skill (`item` in foreach). */
  readonly locals?: readonly string[] | undefined;
  effects(withValue: With, step: Step): readonly EffectGuess[];
  /** The steps it holds, by the name under which it hands them to `runBlock`. */
  blocks?(withValue: With): Readonly<Record<string, readonly Step[]>>;
  run(withValue: With, context: StepContext): Promise<unknown>;
}

/**
 * The type of `with` is forgotten here. That is sound because a value under the key only ever comes from the kind's own
 * schema: the skill parser is the one place that makes a Step.
 */
export function defineStep<With>(kind: StepKind<With>): StepKind<unknown> {
  return kind;
}
