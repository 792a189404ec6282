// Which side of a day is meant, and whether it is meant at all: "не старше", "newer than", "or later", "кроме созданных до".
import { matchException } from "./exceptions.ts";
import type { Role } from "./found.ts";
import { TIME_LEADS, findLead } from "./lead-words.ts";
import type { Sentence, Span } from "./sentence.ts";
import { textAt, wordAt } from "./sentence.ts";

export interface Side {
  /** With the words that say the side. */
  readonly leadStart: number;
  readonly end: number;
  readonly role: Role | undefined;
  /** "кроме", "but not": what is to stay, and no value. */
  readonly isExcluded: boolean;
}

// Whole forms: by its stem, "новее" would be "новых".
const LATER = /^(?:новее|свежее|моложе|младше|позже|позднее|newer|later|younger|after)$/;
const EARLIER = /^(?:старше|старее|раньше|ранее|older|earlier|before)$/;
const NOT = /^(?:не|not|no|(?:are|were|was|is)n['’]?t)$/;
const LEAVE = /^(?:оставь|оставьте|оставив|сохрани|сохранив|keep|keeping)$/;
/** "без тех, что", "leaving those", "не трогай", "don't touch": alone, the first words say other things too. */
const LEAVE_PAIR =
  /^(?:(?:без тех|(?:than|leave|leaving|from) (?:those|ones|everything|anything))|не \p{L}+[аяую](?:й|йте|я)|(?:don['’]?t|not) (?:touch|touching|delete|deleting|remove))$/u;
/** "except all the draft quotes made" before 1 June. */
const LONGEST_EXCEPTION = 6;

function toSide(word: string): Role | undefined {
  if (LATER.test(word)) return "start";
  return EARLIER.test(word) ? "end" : undefined;
}

/** "не старше, чем", "newer than the": the side said before the day, and what it becomes when it is denied. */
function findBefore(sentence: Sentence, start: number): { role: Role; start: number } | undefined {
  let at = wordAt(sentence, start - 1) === "the" ? start - 2 : start - 1;
  if (/^(?:чем|than)$/.test(wordAt(sentence, at))) at -= 1;
  if (textAt(sentence, at) === ",") at -= 1;
  const role = toSide(wordAt(sentence, at));
  if (role === undefined) return undefined;
  if (!NOT.test(wordAt(sentence, at - 1))) return { role, start: at };
  return { role: role === "start" ? "end" : "start", start: at - 1 };
}

/** "1 июня и старше", "1 June or later", "1 June onwards". */
function findBehind(sentence: Sentence, end: number): { role: Role; end: number } | undefined {
  if (/^onwards?$/.test(wordAt(sentence, end))) return { role: "start", end: end + 1 };
  const isJoined = /^(?:и|или|and|or)$/.test(wordAt(sentence, end));
  const role = isJoined ? toSide(wordAt(sentence, end + 1)) : undefined;
  const next = sentence.tokens[end + 2];
  // "and older than 30 days" is told of another day.
  const isLast = next === undefined || next.kind === "mark";
  return role && isLast ? { role, end: end + 2 } : undefined;
}

function isExcluded(sentence: Sentence, start: number): boolean {
  if (NOT.test(wordAt(sentence, start - 1))) return true;
  for (let at = start - 1; at >= start - LONGEST_EXCEPTION; at -= 1) {
    const pair = `${wordAt(sentence, at)} ${wordAt(sentence, at + 1)}`;
    if (matchException(sentence, at) !== undefined) return true;
    if (LEAVE.test(wordAt(sentence, at)) || LEAVE_PAIR.test(pair)) return true;
    if (wordAt(sentence, at) === "" && textAt(sentence, at) !== ",") return false;
  }
  return false;
}

export function findSide(sentence: Sentence, { start, end }: Span): Side {
  const lead = findLead(sentence, start, TIME_LEADS);
  const before = findBefore(sentence, start);
  const behind = findBehind(sentence, end);
  const leadStart = Math.min(before?.start ?? start, lead?.start ?? start);
  return {
    leadStart,
    end: behind?.end ?? end,
    role: behind?.role ?? (before ?? lead)?.role,
    isExcluded: isExcluded(sentence, leadStart),
  };
}
