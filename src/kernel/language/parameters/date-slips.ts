// Slips of the finger in the words of dates: "tommorow", "сегоня", "пятницо".
import { MONTHS, RELATIVE_DAYS, WEEKDAYS, WINDOW_WORDS } from "./date-words.ts";
import type { Sentence, Token } from "./sentence.ts";
import { isOneSlip } from "./spelling.ts";

/** In shorter words one letter makes another word. */
const SHORTEST = 6;

/** Words of their own that are one letter away from a date. */
const OTHER_WORDS = /^(?:завтрак\p{L}*|четверо|четверт\p{L}*|четверк\p{L}*|четвер|sundry|sundae|augusta)$/u;

/** Doubled letters are where English dates go wrong: "tommorow" is two slips and one word. */
function toSingle(word: string): string {
  return word.replace(/(.)\1/gu, "$1");
}

interface Known {
  readonly word: string;
  readonly single: string;
}

const windows = new Map([...WINDOW_WORDS].map((word) => [word, 0] as const));
const KNOWN = [MONTHS, WEEKDAYS, RELATIVE_DAYS, windows].flatMap((table) =>
  [...table.keys()].flatMap((word): Known[] =>
    word.length >= SHORTEST && /^\p{L}+$/u.test(word) ? [{ word, single: toSingle(word) }] : [],
  ),
);
const EXACT = new Set(KNOWN.map(({ word }) => word));
const BY_FIRST = Map.groupBy(KNOWN, ({ word }) => word[0] ?? "");

const POSSESSIVE = /['’]s$/;

function mend({ text: written, kind }: Token): string {
  // "Friday's rate"; "today's" is a word of the table.
  const bare = written.replace(POSSESSIVE, "");
  const text = WEEKDAYS.has(bare) || MONTHS.has(bare) ? bare : written;
  if (kind !== "word" || text.length < SHORTEST || EXACT.has(text) || OTHER_WORDS.test(text)) return text;
  const single = toSingle(text);
  const isSlip = (known: Known): boolean =>
    isOneSlip(text, known.word) || single === known.single || isOneSlip(single, known.single);
  return BY_FIRST.get(text[0] ?? "")?.find(isSlip)?.word ?? text;
}

/** The sentence as its dates were meant; its tokens stay where they are. */
export function mendDates(sentence: Sentence): Sentence {
  const tokens = sentence.tokens.map((token) => {
    const text = mend(token);
    return text === token.text ? token : { ...token, text };
  });
  return tokens.some((token, at) => token !== sentence.tokens[at]) ? { ...sentence, tokens } : sentence;
}
