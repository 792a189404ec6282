// Which texts of a catalogue are embedded: what authors wrote for all to read. What people said when they corrected an answer is theirs, and goes nowhere.
import type { SkillId } from "../../domain/id.ts";
import type { Text } from "../../domain/text.ts";

/** Of one skill. */
const MOST_OF_A_SKILL = 24;
/** Of a catalogue: 12 MB in an isolate, a kilobyte each. A large one has fewer of each skill. */
const MOST_TEXTS = 12_000;
const LONGEST = 400;

interface Described {
  readonly id: SkillId;
  readonly description: Text;
  readonly phrases: { readonly ru: readonly string[]; readonly en: readonly string[] };
}

/** Text -> the skills that say so of themselves. */
export function toEmbeddedTexts(skills: readonly Described[]): ReadonlyMap<string, readonly SkillId[]> {
  const each = Math.max(1, Math.min(MOST_OF_A_SKILL, Math.floor(MOST_TEXTS / Math.max(1, skills.length))));
  const owners = new Map<string, SkillId[]>();
  for (const skill of skills) {
    for (const text of toOwnTexts(skill).slice(0, each)) {
      const known = owners.get(text);
      if (known) known.push(skill.id);
      else owners.set(text, [skill.id]);
    }
  }
  return owners;
}

/** As it is embedded. */
export function toEmbeddedText(text: string): string {
  return text.trim().slice(0, LONGEST);
}

/** Descriptions first, then phrases of both languages in turn: a limit leaves some of each. */
function toOwnTexts({ description, phrases: { ru, en } }: Described): string[] {
  const described = typeof description === "string" ? [description] : [description.ru, description.en];
  const turns = Array.from({ length: Math.max(ru.length, en.length) }, (_, at) => [ru[at], en[at]]);
  const texts = [...described, ...turns.flat()].map((text) => toEmbeddedText(text ?? ""));
  return [...new Set(texts)].filter((text) => text !== "");
}
