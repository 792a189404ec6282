// What is offered where a sentence is several requests in a row: its steps in their order, and one skill that does them. Nothing ran.
import type { SkillId } from "./id.ts";
import type { Text } from "./text.ts";

export interface OfferedStep {
  readonly text: string;
  /** Null: nobody can do it. */
  readonly skill: SkillId | null;
  readonly description: Text | null;
  readonly confidence: number;
  /** What the sentence says of its input. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The names that it still needs. */
  readonly missing: readonly string[];
}

export interface OfferedPipeline {
  /** Free in the catalogue. */
  readonly skill: SkillId;
  /** That every step is right. */
  readonly confidence: number;
  /** The inputs that whoever runs it is asked for. */
  readonly missing: readonly string[];
  readonly yaml: string;
}

export interface Offer {
  readonly steps: readonly OfferedStep[];
  /** Null: a step that nobody can do. */
  readonly pipeline: OfferedPipeline | null;
}
