// Which sort of goods and which size of it: said right before the size, before the goods, or by a nickname of the size.
import { toTerm } from "../../routing/text/terms.ts";
import { ORDINALS } from "./date-words.ts";
import type { FieldPlan } from "./field-plans.ts";
import { isLabel, isParty } from "./named-text.ts";
import { isFunctionWord } from "./routing-words.ts";
import type { Sentence } from "./sentence.ts";
import { textAt, wordAt } from "./sentence.ts";
import type { TextFound, TextScene } from "./text-scene.ts";
import { isName, toText, trimTopic } from "./text-scene.ts";
import { parseUnit } from "./units.ts";
import { isNaming } from "./vague-words.ts";

const ADJECTIVE = /(?:ие|ые|их|ых|ая|яя|ую|юю)$/;
/** "хасанские", "анивской": from somewhere; "свежие" and "крупные" are not what they are called. */
const ORIGIN = /ск(?:ие|их|им|ими|ая|ой|ую|ий)$/;
const KIND = /^(?:kind|sort|type|variety|сорт|сорта)$/;
const LONGEST_SORT = 3;

/** Where "size 1" or "no. 2" begins. */
function findLabel({ sentence, cues }: TextScene): number | undefined {
  const isNumbered = (end: number): boolean =>
    /^[0-9]/.test(textAt(sentence, textAt(sentence, end) === "." ? end + 1 : end));
  const start = cues.find(({ plan, span }) => isLabel(plan) && isNumbered(span.end))?.span.start;
  // "Belon, size 3"
  return start !== undefined && textAt(sentence, start - 1) === "," ? start - 1 : start;
}

interface Edge {
  readonly end: number;
  readonly isSort: (at: number) => boolean;
}

/** "хасанские №2", "Black Sea size 1": adjectives and names, for "осталось №2" tells no sort. */
function toLabelEdge(scene: TextScene): Edge | undefined {
  const { sentence, topic } = scene;
  const end = findLabel(scene);
  const isSort = (at: number): boolean => {
    const word = wordAt(sentence, at);
    return isName(sentence, at) || ADJECTIVE.test(word) || topic.has(toTerm(word));
  };
  return end === undefined ? undefined : { end, isSort };
}

/** "Black Pearl oysters", "по хасанской устрице", "the Black Sea kind": names and origins before the goods. */
function toGoodsEdge({ sentence, topic }: TextScene): Edge | undefined {
  const isSort = (at: number): boolean =>
    (at > 0 && isName(sentence, at)) || ORIGIN.test(wordAt(sentence, at));
  const end = sentence.tokens.findIndex(
    ({ text }, at) => at > 0 && (topic.has(toTerm(text)) || KIND.test(text)) && isSort(at - 1),
  );
  return end === -1 ? undefined : { end, isSort };
}

/** "магаданские у нас почём": an origin that no noun follows. */
function toOriginEdge({ sentence }: TextScene): Edge | undefined {
  const isLone = (at: number): boolean => {
    const next = wordAt(sentence, at + 1);
    return ORIGIN.test(wordAt(sentence, at)) && (next === "" || isFunctionWord(next));
  };
  const at = sentence.tokens.findIndex((_, index) => isLone(index));
  return at === -1 ? undefined : { end: at + 1, isSort: (index) => index === at };
}

/** Only where a size or a number is asked for as well: there are sorts then. */
export function parseSort(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  const { sentence, topic, isClaimed } = scene;
  if (isLabel(plan) || isParty(plan)) return undefined;
  const edge =
    toLabelEdge(scene) ?? (scene.hasLabels ? (toGoodsEdge(scene) ?? toOriginEdge(scene)) : undefined);
  if (edge === undefined) return undefined;
  const isPart = (at: number): boolean => {
    const word = wordAt(sentence, at);
    return word !== "" && !isFunctionWord(word) && !isClaimed(at) && edge.isSort(at);
  };
  let start = edge.end;
  while (start > 0 && edge.end - start < LONGEST_SORT && isPart(start - 1)) start -= 1;
  const span = trimTopic(scene, { start, end: edge.end });
  return span && isNaming(sentence, topic, span) ? toText(sentence, span) : undefined;
}

const NICKNAMES: readonly (readonly [RegExp, string])[] = [
  [/^нулевк[ауи]$/, "0"],
  [/^единичк[ауи]$/, "1"],
  [/^двойк[ауи]$/, "2"],
  [/^тройк[ауи]$/, "3"],
  [/^четверк[ауи]$/, "4"],
];

/** "тройка", "первый номер", "крымские 2" */
function toSize({ sentence, cues, isClaimed }: TextScene, plan: FieldPlan, at: number): string | undefined {
  const word = wordAt(sentence, at);
  const nickname = NICKNAMES.find(([form]) => form.test(word))?.[1];
  const isBeforeCue = cues.some((cue) => cue.plan === plan && cue.span.start === at + 1);
  const ordinal = isBeforeCue ? ORDINALS.get(word) : undefined;
  if (nickname !== undefined || ordinal !== undefined) return nickname ?? String(ordinal);
  const isBehindSort = /^\d$/.test(textAt(sentence, at)) && ADJECTIVE.test(wordAt(sentence, at - 1));
  return isBehindSort && !isClaimed(at) && !isCounting(sentence, at + 1) ? textAt(sentence, at) : undefined;
}

function isCounting(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at);
  return parseUnit(word) !== undefined || (word !== "" && !isFunctionWord(word));
}

function isSize(plan: FieldPlan): boolean {
  return plan.words.some((word) => /^(?:размер|калибр|size)$/.test(word));
}

export function parseSize(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  if (!isSize(plan)) return undefined;
  for (const at of scene.sentence.tokens.keys()) {
    const value = scene.isClaimed(at) ? undefined : toSize(scene, plan, at);
    if (value !== undefined) return { value, span: { start: at, end: at + 1 } };
  }
  return undefined;
}
