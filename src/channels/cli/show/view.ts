// What every drawing function is told about the reader and the screen. Nothing here draws.
import type { Locale } from "../../../kernel/domain/text.ts";
import type { Paint } from "../paint.ts";
import type { Words } from "../words/en.ts";

export interface View {
  readonly locale: Locale;
  readonly words: Words;
  /** What the skill of an answer calls its names and words in the reader's language. */
  readonly names: Readonly<Record<string, string>>;
  readonly paint: Paint;
  /** IANA zone in which times of day are shown. */
  readonly zone: string;
  /** Columns of the terminal; null where lines may be as long as they like. */
  readonly width: number | null;
}
