import { describe, expect, it } from "vitest";
import type { RefusalNote } from "../ports/audit.ts";
import { addCount, isStored, toCounted } from "./counted.ts";

const AT = 125_000;
const aNote = (changes: Partial<RefusalNote> = {}): RefusalNote => ({
  user: "anna",
  action: "run.refuse",
  target: "a/b",
  refusal: { reason: "rate_limited", limit: 60, windowMs: 60_000, retryAfterMs: 5 },
  windowMs: 60_000,
  ...changes,
});

describe("refusals of one window", () => {
  it("are one entry, whose count grows until the window ends", () => {
    const first = toCounted(aNote(), AT);
    expect(first).toMatchObject({
      dueAt: 180_000,
      entry: { at: 125_000, outcome: "rate_limited", body: { count: 1, limit: 60, last_at: 125_000 } },
    });
    expect(toCounted(aNote(), 179_999).entry.id).toBe(first.entry.id);
    expect(toCounted(aNote(), 180_000).entry.id).not.toBe(first.entry.id);
    const second = addCount(first, 1, 130_000);
    expect(second.entry).toMatchObject({ at: 125_000, body: { count: 2, last_at: 130_000 } });
    expect(addCount(second, -1, 130_001).entry.body).toMatchObject({ count: 1, last_at: 130_000 });
  });

  it.each([
    { user: "egor" },
    { target: "a/c" },
    { action: "call.refuse" },
    { refusal: { reason: "price_unknown", model: "m" } },
  ] as const)("are apart from those of %o", (changes) => {
    expect(toCounted(aNote(changes), AT).entry.id).not.toBe(toCounted(aNote(), AT).entry.id);
  });

  it("are stored with every doubling of their count", () => {
    let counted = toCounted(aNote(), AT);
    const stored: number[] = [];
    for (let n = 1; n <= 70; n += 1) {
      if (isStored(counted)) stored.push(n);
      counted = addCount(counted, 1, 0);
    }
    expect(stored).toEqual([1, 2, 4, 8, 16, 32, 64]);
  });
});

describe("what stands of a refusal", () => {
  const money = { neededMicroUsd: 5, limitMicroUsd: 4, remainingMicroUsd: 3 };
  it.each([
    [
      { reason: "budget_exceeded", scope: "day", ...money, resetsAt: 1 },
      { scope: "day", needed_micro_usd: 5, limit_micro_usd: 4, remaining_micro_usd: 3 },
    ],
    [
      { reason: "forbidden", action: "run a/b", rule: "viewers only read", role: "viewer" },
      { asked: "run a/b", rule: "viewers only read", role: "viewer" },
    ],
    [{ reason: "address_forbidden", host: "10.0.0.1" }, { host: "10.0.0.1" }],
    [{ reason: "price_unknown", model: "m" }, { model: "m" }],
    [{ reason: "approval_denied", by: "anna" }, {}],
  ] as const)("%o", (refusal, facts) => {
    expect(toCounted(aNote({ refusal }), AT).entry.body).toEqual({
      ...facts,
      window_ms: 60_000,
      count: 1,
      last_at: 125_000,
    });
  });
});
