// Which sort of goods: said right before the size or the number of one.
import { toTerm } from "../../routing/text/terms.ts";
import type { FieldPlan } from "./field-plans.ts";
import { isLabel, isParty } from "./named-text.ts";
import { isFunctionWord } from "./routing-words.ts";
import { textAt, wordAt } from "./sentence.ts";
import type { TextFound, TextScene } from "./text-scene.ts";
import { isName, toText, trimTopic } from "./text-scene.ts";
import { isNaming } from "./vague-words.ts";

const ADJECTIVE = /(?:ие|ые|их|ых|ая|яя|ую|юю)$/;
const LONGEST_SORT = 3;

/** "хасанские №2", "Black Sea size 1": adjectives and names, for "осталось №2" tells no sort. */
export function parseBeforeLabel(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  const { sentence, topic, isClaimed } = scene;
  if (isLabel(plan) || isParty(plan)) return undefined;
  const label = scene.cues.find(
    ({ plan: other, span }) => isLabel(other) && /^[0-9]/.test(textAt(sentence, span.end)),
  );
  if (label === undefined) return undefined;
  const end = label.span.start;
  const isSort = (at: number): boolean => {
    const word = wordAt(sentence, at);
    const isSaid = word !== "" && !isFunctionWord(word) && !isClaimed(at);
    return isSaid && (isName(sentence, at) || ADJECTIVE.test(word) || topic.has(toTerm(word)));
  };
  let start = end;
  while (start > 0 && end - start < LONGEST_SORT && isSort(start - 1)) start -= 1;
  const span = trimTopic(scene, { start, end });
  return span && isNaming(sentence, topic, span) ? toText(sentence, span) : undefined;
}
