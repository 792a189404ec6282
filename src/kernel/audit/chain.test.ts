import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AuditEntry, Chain, ChainedEntry } from "../ports/audit.ts";
import { type Break, toChained, toFirstLink, verify } from "./chain.ts";

const anEntry = (n: number): AuditEntry => ({
  id: `q_${n}:budget.change`,
  at: 1_000 + n,
  user: "anna",
  action: "budget.change",
  target: "ten_a",
  outcome: "done",
  body: { daily: n, nested: { b: [n, null], a: "я" } },
});

function chainOf(count: number): { rows: ChainedEntry[]; chain: Chain } {
  const base = toFirstLink("ten_a");
  const rows: ChainedEntry[] = [];
  for (let n = 1; n <= count; n += 1) rows.push(toChained(anEntry(n), rows.at(-1) ?? base));
  return { rows, chain: { base, head: rows.at(-1) ?? base } };
}

const at = (rows: readonly ChainedEntry[], position: number): ChainedEntry => {
  const row = rows[position - 1];
  if (!row) throw new Error(`there is no row ${position}`);
  return row;
};

const rehashed = (row: ChainedEntry): ChainedEntry =>
  toChained({ ...row, user: "mallory" }, { position: row.position - 1, hash: row.previous });

/** What an attacker does to rows, and where it must be seen. */
type Attack = (rows: readonly ChainedEntry[], first: number, second: number) => ChainedEntry[];
const ATTACKS: Readonly<Record<string, readonly [Attack, Break["what"][]]>> = {
  "a value is changed": [
    (rows, first) => rows.with(first - 1, { ...at(rows, first), user: "mallory" }),
    ["edited"],
  ],
  "a value is changed and the row's hash with it": [
    (rows, first) => rows.with(first - 1, rehashed(at(rows, first))),
    ["edited"],
  ],
  "a hash is changed": [
    (rows, first) => rows.with(first - 1, { ...at(rows, first), hash: "0".repeat(64) }),
    ["edited"],
  ],
  "the link is changed": [
    (rows, first) => rows.with(first - 1, { ...at(rows, first), previous: "0".repeat(64) }),
    ["moved"],
  ],
  "a row is deleted": [(rows, first) => rows.toSpliced(first - 1, 1), ["missing", "cut_off"]],
  "a row is deleted and those after it are renumbered": [
    (rows, first) => rows.toSpliced(first - 1, 1).map((row, n) => ({ ...row, position: n + 1 })),
    ["moved", "cut_off"],
  ],
  "two rows change places": [
    (rows, first, second) =>
      rows
        .with(first - 1, { ...at(rows, second), position: first })
        .with(second - 1, { ...at(rows, first), position: second }),
    ["moved"],
  ],
  "the end is cut off": [(rows, first) => rows.slice(0, first - 1), ["cut_off"]],
};

describe("a chain of audit rows", () => {
  it("holds as it was written, an empty one too", () => {
    for (const count of [0, 1, 2, 50]) {
      const { rows, chain } = chainOf(count);
      expect(verify(rows, chain)).toBeNull();
    }
  });

  it("does not depend on the order in which a database gives the members of a body", () => {
    const { rows, chain } = chainOf(3);
    const turned = { ...at(rows, 2), body: { nested: { a: "я", b: [2, null] }, daily: 2 } };
    expect(verify(rows.with(1, turned), chain)).toBeNull();
  });

  it("is of one tenant: rows of another do not fit", () => {
    const { rows, chain } = chainOf(3);
    expect(verify(rows, { ...chain, base: toFirstLink("ten_b") })).toEqual({ what: "edited", position: 1 });
  });

  it("goes on after what was forgotten", () => {
    const { rows, chain } = chainOf(9);
    const base = at(rows, 4);
    expect(verify(rows.slice(4), { ...chain, base })).toBeNull();
    expect(verify(rows.slice(5), { ...chain, base })).toEqual({ what: "missing", position: 5 });
  });

  it.each(Object.entries(ATTACKS))("tells at each of 12 places that %s", (_, [attack, words]) => {
    const { rows, chain } = chainOf(12);
    for (let first = 1; first <= 12; first += 1) {
      for (let second = first + 1; second <= 12; second += 1) {
        const found = verify(attack(rows, first, second), chain);
        expect(found?.position, `${first}, ${second}`).toBe(first);
        expect(words).toContain(found?.what);
      }
    }
  });

  it("tells a row that was put twice, one behind the end, and an end that was written anew", () => {
    const { rows, chain } = chainOf(5);
    expect(verify(rows.toSpliced(2, 0, at(rows, 2)), chain)).toEqual({ what: "added", position: 2 });
    expect(verify([...rows, toChained(anEntry(6), at(rows, 5))], chain)).toEqual({
      what: "added",
      position: 6,
    });
    expect(verify(rows.with(4, rehashed(at(rows, 5))), chain)).toEqual({ what: "edited", position: 5 });
  });

  it("finds any one change among 10,000 rows at its place", () => {
    const { rows, chain } = chainOf(10_000);
    const place = fc.integer({ min: 1, max: 9_999 });
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(ATTACKS)), place, place, ([attack], one, other) => {
        const first = Math.min(one, other);
        const second = Math.max(one, other) + 1;
        expect(verify(attack(rows, first, second), chain)?.position).toBe(first);
      }),
      { numRuns: 30, seed: 7 },
    );
  });
});
