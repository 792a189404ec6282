// matches(): CEL promises RE2, which never backtracks; the platform has only a backtracking engine. So patterns that can
// explode are refused, and the work of the others is bounded before they run (there is no clock to stop them with).
import { fail } from "./expression-error.ts";

const MAX_PATTERN_LENGTH = 200;
const MAX_STEPS = 10_000_000;

export function isMatch(text: string, pattern: string): boolean {
  if (pattern.length > MAX_PATTERN_LENGTH)
    fail(
      "limit",
      "matches: шаблон длиннее 200 знаков.",
      "matches: the pattern is longer than 200 characters.",
    );
  const bare = pattern.replace(/\\./g, "x").replace(/\[[^\]]*\]/g, "x");
  if (/\\[1-9k]|\(\?(?!:)/.test(pattern))
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
  const repeats = bare.match(/[*+?]|\{/g)?.length ?? 0;
  const freeStart = bare.startsWith("^") ? 0 : 1;
  if (repeats + freeStart > 1 && Math.max(text.length, 1) ** Math.min(repeats + freeStart, 6) > MAX_STEPS) {
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
    const inside = bare.slice((opened.pop() ?? 0) + 1, index).replace(/^\?:/, "");
    if (/^[*+{]/.test(bare.slice(index + 1)) && /[*+?|{]/.test(inside)) return true;
  }
  return false;
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
