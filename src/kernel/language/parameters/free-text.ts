// Text fields: what is named first, then, for the subject of a request, what is left of it. The user's words as written.
import type { FieldPlan } from "./field-plans.ts";
import { parseLabel, parseWholeLabel } from "./label-text.ts";
import { parseLeftover } from "./leftover-text.ts";
import { parseBehindCue, parseIdentifier, parseQuote } from "./named-text.ts";
import { parseSize, parseSort } from "./sort-text.ts";
import {
  parseAddressee,
  parseActing,
  parseAsked,
  parseCompany,
  parseHouse,
  parseLed,
  parseListed,
  parseWishing,
} from "./party-text.ts";
import { isFunctionWord } from "./routing-words.ts";

import type { TextFound, TextScene } from "./text-scene.ts";

/** Its words only join ("на", "про", "for") or there are none: the subject of the request, not a named part of it. */
function isSubject(plan: FieldPlan): boolean {
  return plan.words.every((word) => isFunctionWord(word));
}

/** The strongest first. */
const NAMED_RULES: readonly ((scene: TextScene, plan: FieldPlan) => TextFound | undefined)[] = [
  parseWholeLabel,
  parseBehindCue,
  parseIdentifier,
  parseAddressee,
  parseAsked,
  parseHouse,
  parseLed,
  parseWishing,
  parseActing,
  parseListed,
  parseSort,
  parseSize,
  parseLabel,
];

/**
 * The subject, if it is the only required text, takes what is left of the request. Every other text is filled only where one of its
 * words (or a quotation) is said: "сделай КП" names no customer.
 */
export function parseText(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  const named = parseCompany(scene, plan) ?? parseQuote(scene, plan);
  if (named) return named;
  const takesRest = plan.isRequired && !scene.hasOtherTexts && isSubject(plan);
  if (takesRest) return parseLeftover(scene, plan);
  for (const rule of NAMED_RULES) {
    const found = rule(scene, plan);
    if (found) return found;
  }
  return undefined;
}
