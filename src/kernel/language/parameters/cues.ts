// Which found value stands beside which field's words ("вес 40", "5 ключевых тезисов", "вылет 5 декабря"). One word points at one value.
import type { FieldPlan } from "./field-plans.ts";
import { isOfKind } from "./field-plans.ts";
import type { Found } from "./found.ts";
import { findPhrases } from "./phrase.ts";
import { isFunctionWord } from "./routing-words.ts";
import type { Sentence, Span } from "./sentence.ts";
import { isOverlapping, textAt, wordAt } from "./sentence.ts";

export interface Cue {
  readonly span: Span;
  readonly plan: FieldPlan;
}

export type CueBindings = ReadonlyMap<Found, readonly Cue[]>;

/** How many joining words may stand between a cue and its value: "цена — не более 1900". */
const LONGEST_GAP = 4;

export function findCues(sentence: Sentence, plans: readonly FieldPlan[]): Cue[] {
  const phrases = plans.flatMap((plan) => plan.cues.map((phrase) => ({ phrase, value: plan })));
  const all = findPhrases(sentence, phrases).map(({ span, value }) => ({ span, plan: value }));
  return all.filter(
    ({ span, plan }) =>
      !all.some(
        (other) =>
          other.plan === plan &&
          isOverlapping(span, other.span) &&
          other.span.end - other.span.start > span.end - span.start,
      ),
  );
}

function isFiller(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at);
  return word === ""
    ? /^[:=—-]$/.test(textAt(sentence, at))
    : isFunctionWord(word) ||
        /^(?:свыше|дороже|дешевле|больше|меньше|примерно|ровно|максимум|минимум|up|least|most)$/.test(word);
}

function isBefore({ sentence, isPlace }: Scene, cue: Span, found: Found): boolean {
  const gap = found.span.start - cue.end;
  if (gap < 0 || gap > LONGEST_GAP) return false;
  // "статьи о 10 портах": the number is part of what they are about.
  const isAbout = (at: number): boolean => /^(?:о|об|про|about|on)$/.test(textAt(sentence, at));
  if (found.kind === "number" && gap > 0 && isAbout(found.span.start - 1)) return false;
  for (let at = cue.end; at < found.span.start; at += 1)
    if (!isFiller(sentence, at) && !isPlace(at) && at < found.leadStart) return false;
  return true;
}

interface Scene {
  readonly sentence: Sentence;
  /** "обратно в Сочи 30.11": a place may stand between a word and its date. */
  readonly isPlace: (at: number) => boolean;
}

/** Right behind the value, or with one adjective between: "5 ключевых тезисов". */
function isAfter(sentence: Sentence, cue: Span, found: Found): boolean {
  const gap = cue.start - found.span.end;
  const between = wordAt(sentence, found.span.end);
  return gap === 0 || (gap === 1 && found.kind === "number" && between !== "" && !isFunctionWord(between));
}

export function bindCues(sentence: Sentence, cues: readonly Cue[], found: readonly Found[]): CueBindings {
  const bindings = new Map<Found, readonly Cue[]>();
  const used: Span[] = [];
  const scene = {
    sentence,
    isPlace: (at: number): boolean =>
      found.some((one) => one.kind === "place" && one.span.start <= at && at < one.span.end),
  };
  for (const one of [...found].sort((a, b) => a.span.start - b.span.start)) {
    const near = cues.filter(
      ({ span, plan }) => isOfKind(plan, one.kind) && !used.some((other) => isOverlapping(other, span)),
    );
    const inside = near.filter(({ span }) => span.start >= one.leadStart && span.end <= one.span.end);
    const before = near.filter(({ span }) => isBefore(scene, span, one));
    // "10 декабря обратно 15 декабря": a word between two dates belongs to the one behind it.
    const next =
      one.kind === "time"
        ? found.find((other) => other.kind === "time" && other.span.start > one.span.start)
        : undefined;
    const after = near.filter(
      ({ span }) => isAfter(sentence, span, one) && (next === undefined || !isBefore(scene, span, next)),
    );
    const bound = [inside, before, after].find((group) => group.length > 0) ?? [];
    used.push(...bound.map(({ span }) => span));
    bindings.set(one, bound);
  }
  return bindings;
}
