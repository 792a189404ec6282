// The text functions of expressions. Positions count UTF-16 units, as in every other place of the platform.
import { fail } from "./expression-error.ts";
import {
  type Call,
  type ExpressionFunction,
  toSource,
  toTextArgument,
  toWholeArgument,
} from "./expression-functions.ts";
import { toCheckedText } from "./expression-operators.ts";
import { isMatch } from "./expression-pattern.ts";

function toPosition(call: Call, index: number, text: string): number {
  const position = toWholeArgument(call, index);
  if (position >= 0 && position <= text.length) return position;
  const source = toSource(call, index);
  return fail(
    "missing",
    `${source} выходит за пределы текста (в нём ${text.length} знаков).`,
    `${source} is outside the text (it has ${text.length} characters).`,
  );
}

const text = (
  usage: string,
  arity: readonly [number, number],
  run: ExpressionFunction["run"],
): ExpressionFunction => ({ usage, arity, run });

export const TEXT_FUNCTIONS: Readonly<Record<string, ExpressionFunction>> = {
  contains: text("text.contains(part)", [2, 2], (call) =>
    toTextArgument(call, 0).includes(toTextArgument(call, 1)),
  ),
  startsWith: text("text.startsWith(part)", [2, 2], (call) =>
    toTextArgument(call, 0).startsWith(toTextArgument(call, 1)),
  ),
  endsWith: text("text.endsWith(part)", [2, 2], (call) =>
    toTextArgument(call, 0).endsWith(toTextArgument(call, 1)),
  ),
  matches: text("text.matches(pattern)", [2, 2], (call) =>
    isMatch(toTextArgument(call, 0), toTextArgument(call, 1)),
  ),
  indexOf: text("text.indexOf(part, from)", [2, 3], (call) => {
    const whole = toTextArgument(call, 0);
    return whole.indexOf(toTextArgument(call, 1), call.args.length > 2 ? toPosition(call, 2, whole) : 0);
  }),
  lastIndexOf: text("text.lastIndexOf(part)", [2, 2], (call) =>
    toTextArgument(call, 0).lastIndexOf(toTextArgument(call, 1)),
  ),
  substring: text("text.substring(start, end)", [2, 3], (call) => {
    const whole = toTextArgument(call, 0);
    const start = toPosition(call, 1, whole);
    const end = call.args.length > 2 ? toPosition(call, 2, whole) : whole.length;
    if (end < start)
      fail("type", "substring: конец раньше начала.", "substring: the end is before the start.");
    return whole.slice(start, end);
  }),
  charAt: text("text.charAt(index)", [2, 2], (call) => {
    const whole = toTextArgument(call, 0);
    return whole.charAt(toPosition(call, 1, whole));
  }),
  split: text("text.split(separator, limit)", [2, 3], (call) => {
    const parts = toTextArgument(call, 0).split(toTextArgument(call, 1));
    call.spend(parts.length);
    const limit = call.args.length > 2 ? toWholeArgument(call, 2) : -1;
    if (limit < 0 || parts.length <= limit) return parts;
    return limit === 0
      ? []
      : [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(toTextArgument(call, 1))];
  }),
  replace: text("text.replace(old, new, times)", [3, 4], (call) => {
    const [whole, old, by] = [toTextArgument(call, 0), toTextArgument(call, 1), toTextArgument(call, 2)];
    const parts = whole.split(old);
    const times = call.args.length > 3 ? toWholeArgument(call, 3) : -1;
    const cut = times < 0 ? parts.length - 1 : Math.min(times, parts.length - 1);
    toCheckedLength(whole.length + cut * by.length);
    return toCheckedText([parts.slice(0, cut + 1).join(by), ...parts.slice(cut + 1)].join(old));
  }),
  trim: text("text.trim()", [1, 1], (call) => toTextArgument(call, 0).trim()),
  lowerAscii: text("text.lowerAscii()", [1, 1], (call) =>
    toTextArgument(call, 0).replace(/[A-Z]+/g, (part) => part.toLowerCase()),
  ),
  upperAscii: text("text.upperAscii()", [1, 1], (call) =>
    toTextArgument(call, 0).replace(/[a-z]+/g, (part) => part.toUpperCase()),
  ),
  lower: text("text.lower()", [1, 1], (call) => toTextArgument(call, 0).toLowerCase()),
  upper: text("text.upper()", [1, 1], (call) => toTextArgument(call, 0).toUpperCase()),
};

/** Before the text is made: a short expression could otherwise ask for gigabytes. */
function toCheckedLength(length: number): void {
  if (length > 8_388_608) fail("limit", "Текст получился длиннее 4 МБ.", "The text grew beyond 4 MB.");
}
