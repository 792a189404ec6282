// What a run asks a person in its course, and waits for.
import type { InputField } from "./skill.ts";
import type { Text } from "./text.ts";

export interface Question {
  /** Of the step that asks. */
  readonly kind: string;
  /** What it is about; null: the fields say it. */
  readonly ask: Text | null;
  readonly fields: readonly InputField[];
  readonly expiresMs: number;
}
