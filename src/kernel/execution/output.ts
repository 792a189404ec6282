// A skill's output and the sentence that tells it.
import type { Locale, Text } from "../domain/text.ts";
import { toPlain } from "../domain/text.ts";
import type { Skill } from "../domain/skill.ts";
import type { FormatContext } from "../language/format.ts";
import { formatTemplate } from "../language/format.ts";
import { resolveTemplate } from "../language/template.ts";

export function toOutput(
  skill: Skill,
  scope: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return resolveTemplate(skill.output, { ...scope });
}

export function toSentence(
  text: Text | undefined,
  scope: Record<string, unknown>,
  reader: { locale: Locale; format: FormatContext },
): string | null {
  if (text === undefined) return null;
  return formatTemplate(toPlain(text, reader.locale), scope, reader.locale, reader.format);
}
