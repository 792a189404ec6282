// What a corrected price changes of a run that was paid at several moments: each of them in its own day and month, and none below
// nothing. All of it in the day of its end would give a day money that it never had.
import type { MicroUsd } from "./money.ts";

/** `wasMicroUsd`: as the run was billed. `bookedMicroUsd`: with all corrections since. */
export interface BookedPart {
  readonly at: number;
  readonly wasMicroUsd: MicroUsd;
  readonly bookedMicroUsd: MicroUsd;
}

export interface PaidPart {
  readonly at: number;
  readonly microUsd: MicroUsd;
}

/** In the proportion in which it was billed; what cost nothing costs what it does when it ended. */
export function divideCorrection(
  booked: readonly BookedPart[],
  rightMicroUsd: MicroUsd,
  endedAt: number,
): readonly PaidPart[] {
  const billed = booked.filter(({ wasMicroUsd }) => wasMicroUsd > 0);
  const weights =
    billed.length > 0
      ? billed.toSorted((one, other) => one.at - other.at)
      : [{ at: endedAt, wasMicroUsd: 1, bookedMicroUsd: 0 }];
  const right = new Map(toShares(weights, rightMicroUsd).map(({ at, microUsd }) => [at, microUsd]));
  const now = new Map(booked.map(({ at, bookedMicroUsd }) => [at, bookedMicroUsd]));
  const moments = [...new Set([...now.keys(), ...right.keys()])].toSorted((one, other) => one - other);
  return moments
    .map((at) => ({ at, microUsd: (right.get(at) ?? 0) - (now.get(at) ?? 0) }))
    .filter(({ microUsd }) => microUsd !== 0);
}

/** Whole micro-dollars that are the whole amount together. */
function toShares(weights: readonly BookedPart[], amount: MicroUsd): readonly PaidPart[] {
  const total = weights.reduce((sum, { wasMicroUsd }) => sum + wasMicroUsd, 0);
  let [passed, given] = [0, 0];
  return weights.map(({ at, wasMicroUsd }, n) => {
    passed += wasMicroUsd;
    const upTo = n === weights.length - 1 ? amount : Math.floor(amount * (passed / total));
    const microUsd = upTo - given;
    given = upTo;
    return { at, microUsd };
  });
}
