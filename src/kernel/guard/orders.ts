// What somebody ordered of a guard, as changes. Whoever asked may: nothing is weighed here.
import { startOfNextDay, startOfNextMonth } from "../domain/zone.ts";
import type { Caps, GuardOrder, Limits } from "../ports/guard.ts";
import type { GuardDecision } from "./admission.ts";
import { decideTimeChanges, toPeriods, toSince } from "./budget.ts";
import { applyAll, type GuardChange, type GuardState } from "./state.ts";

/** The same correction twice is one. Applies its changes to `state`. */
export function decideOrder(state: GuardState, order: GuardOrder, now: number): GuardDecision<null> {
  const passed = applyAll(state, decideTimeChanges(state, now));
  return { answer: null, changes: [...passed, ...applyAll(state, toChanges(state, order, now))] };
}

function toChanges(state: GuardState, order: GuardOrder, now: number): GuardChange[] {
  switch (order.order) {
    case "limits":
      return [toLimitsChange(state, order.change, now)];
    case "caps":
      return [toCapsChange(state, order)];
    case "pause":
      return [{ change: "pause", payer: order.payer, isPaused: order.isPaused }];
    case "acknowledge_overrun":
      return [{ change: "overrun", overrun: null }];
    case "reset_breaker":
      return [{ change: "breaker", host: order.host, breaker: null, isReset: true }];
    case "correct":
      return toCorrection(state, order, now);
    case "rebuild":
      return toRight(state, order);
  }
}

/** In another zone the day and the month end at another time; what was spent of them stays. */
function toLimitsChange(state: GuardState, change: Partial<Limits>, now: number): GuardChange {
  const limits = { ...state.limits, ...change };
  const { timeZone } = limits;
  if (timeZone === state.limits.timeZone) return { change: "limits", limits };
  const ends = { day: startOfNextDay(now, timeZone), month: startOfNextMonth(now, timeZone) };
  return { change: "limits", limits, ends };
}

const NO_CAPS: Caps = {
  perRequestMicroUsd: null,
  dailyMicroUsd: null,
  monthlyMicroUsd: null,
  rate: null,
  concurrent: null,
};

/** Who is left with no limit of his own is not counted any more. */
function toCapsChange(
  state: GuardState,
  { payer, change, spent }: Extract<GuardOrder, { order: "caps" }>,
): GuardChange {
  const caps = { ...NO_CAPS, ...state.caps.get(payer), ...change };
  const isOpen = Object.values(caps).every((limit) => limit === null);
  return { change: "caps", payer, caps: isOpen ? null : caps, spent };
}

function toCorrection(
  state: GuardState,
  { id, payers, parts }: Extract<GuardOrder, { order: "correct" }>,
  now: number,
): GuardChange[] {
  if (state.corrected.has(id)) return [];
  return [
    { change: "corrected", id },
    ...parts.map((part): GuardChange => ({ change: "spend", payers, ...toPeriods(state, part, now) })),
  ];
}

/** Of a day that is over by now nothing is put right; nor where something was counted, or put right, since it was looked at. */
function toRight(
  state: GuardState,
  { since, sums }: Extract<GuardOrder, { order: "rebuild" }>,
): GuardChange[] {
  const now = toSince(state);
  return sums.flatMap(({ payer, period, countedMicroUsd, bookedMicroUsd }): GuardChange[] => {
    const account = state.accounts.get(payer);
    const counted = period === "day" ? account?.spentDayMicroUsd : account?.spentMonthMicroUsd;
    if (counted !== countedMicroUsd || since[period] !== now[period]) return [];
    const missing = bookedMicroUsd - countedMicroUsd;
    const [dayMicroUsd, monthMicroUsd] = period === "day" ? [missing, 0] : [0, missing];
    return [{ change: "spend", payers: [payer], dayMicroUsd, monthMicroUsd }];
  });
}
