// matches(): CEL promises RE2, which never backtracks; the platform has only a backtracking engine. So patterns that can
// explode are refused, and the work of the others is bounded before they run (there is no clock to stop them with).
import { fail } from "./expression-error.ts";

const MAX_PATTERN_LENGTH = 200;
const MAX_STEPS = 10_000_000;
/** A lazy one chooses the same, in another order. */
const REPEAT = /([*+?]|\{(\d+)(,(\d*))?\})\??/g;

export function isMatch(text: string, pattern: string): boolean {
  if (pattern.length > MAX_PATTERN_LENGTH)
    fail(
      "limit",
      "matches: шаблон длиннее 200 знаков.",
      "matches: the pattern is longer than 200 characters.",
    );
  const bare = pattern
    .replace(/\\[pPu]\{[^}]*\}|\\[^1-9k]/g, "x")
    .replace(/\[[^\]]*\]/g, "x")
    .replaceAll("(?:", "(");
  if (/\\|\(\?/.test(bare))
    fail(
      "type",
      "matches: ссылки назад и просмотры не поддерживаются.",
      "matches: back references and look-around are not supported.",
    );
  if (isRiskyGroup(bare)) {
    fail(
      "type",
      "matches: повторяется группа с повтором или выбором внутри; упростите шаблон.",
      "matches: a repeated group has a repeat or a choice inside; simplify the pattern.",
    );
  }
  if (countWays(bare, text.length) > MAX_STEPS) {
    fail(
      "limit",
      "matches: текст слишком длинный для такого шаблона; возьмите contains или укоротите текст.",
      "matches: the text is too long for this pattern; use contains, or shorten the text.",
    );
  }
  return toRegExp(pattern).test(text);
}

/** Any repeated group with a repeat or a choice in it, nested groups included: stricter than needed, never looser. */
function isRiskyGroup(bare: string): boolean {
  const opened: number[] = [];
  for (let index = 0; index < bare.length; index++) {
    if (bare[index] === "(") opened.push(index);
    if (bare[index] !== ")") continue;
    const inside = bare.slice((opened.pop() ?? 0) + 1, index);
    if (/^[*+{]/.test(bare.slice(index + 1)) && /[*+?|{]/.test(inside)) return true;
  }
  return false;
}

/** In how many ways the pattern can lie over a text, at most: the product of what each of its parts can choose. */
function countWays(bare: string, length: number): number {
  const anywhere = length + 1;
  // With a choice, `^` may hold for one side only.
  const isAnchored = bare.startsWith("^") && !bare.includes("|");
  // A counted repeat chooses nothing, and may still run through the whole text.
  let ways = (isAnchored ? 1 : anywhere) * (/\{\d/.test(bare) ? anywhere : 1) * countAlternatives(bare);
  for (const [, sign = "", least, open, most = ""] of bare.matchAll(REPEAT)) {
    if (sign === "?") ways *= 2;
    else if (least === undefined || (open !== undefined && most === "")) ways *= anywhere;
    else if (open !== undefined) ways *= Math.max(1, Number(most) - Number(least) + 1);
  }
  return ways;
}

/** Of every group, and of the pattern itself. */
function countAlternatives(bare: string): number {
  const open = [1];
  let product = 1;
  for (const sign of bare) {
    if (sign === "(") open.push(1);
    else if (sign === "|") open.push((open.pop() ?? 0) + 1);
    else if (sign === ")") product *= open.pop() ?? 1;
  }
  return open.reduce((all, each) => all * each, product);
}

function toRegExp(pattern: string): RegExp {
  try {
    return new RegExp(pattern, "u");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return fail(
      "type",
      `matches: шаблон с ошибкой (${reason}).`,
      `matches: the pattern has a mistake (${reason}).`,
    );
  }
}
