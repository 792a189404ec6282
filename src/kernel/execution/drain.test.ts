import { describe, expect, it } from "vitest";
import { anEffect, anOrder, aPlan, aRun } from "../../../test/builders.ts";
import type { RunRecord } from "../domain/run.ts";
import type { ArchiveBatch } from "../ports/archive.ts";
import type { AuditEntry } from "../ports/audit.ts";
import type { Settlement } from "../ports/guard.ts";
import { toAccount } from "../stages/settle.ts";
import { drainOnce } from "./drain.ts";
import { toBareRecord } from "./run-size.ts";

const paidPlan = aPlan({ forecast: { p50MicroUsd: 1, p95MicroUsd: 2, upperMicroUsd: 10 } });

/** A drain that fails at a place; the same rows are there for the next one. */
function aDrain(ended: RunRecord[], failing: { at: "settle" | "archive" | null; poison?: string }) {
  const reported: string[] = [];
  const settled: Settlement[] = [];
  const saved: ArchiveBatch[] = [];
  const noted: AuditEntry[] = [];
  const failAt = (place: string) => {
    if (failing.at === place) throw new Error(`lost at ${place}`);
  };
  const ports = {
    tenant: "ten_test",
    journal: {
      listEnded: () =>
        ended.map((run) => ({ account: toAccount(run), events: "[]", record: JSON.stringify(run) })),
      stripEnded: async (id: string, note: string) => {
        const [run] = ended.filter((one) => one.id === id);
        if (!run) throw new Error("it has left");
        return { account: toAccount(run), events: "[]", record: JSON.stringify(toBareRecord(run, note)) };
      },
      dropEnded: (ids: readonly string[]) => {
        for (const id of ids) ended.splice(0, ended.length, ...ended.filter((run) => run.id !== id));
      },
    },
    guard: {
      settle: async (_: string, settlements: readonly Settlement[]) => {
        failAt("settle");
        settled.push(...settlements);
      },
    },
    audit: {
      note: async (_: string, entries: readonly AuditEntry[]) => void noted.push(...entries),
    },
    archive: {
      save: async (_: string, batch: ArchiveBatch) => {
        failAt("archive");
        if (failing.poison && batch.runs.some(({ record }) => record.includes(failing.poison ?? "")))
          throw new Error("not taken");
        saved.push(batch);
      },
    },
    report: (runId: string) => reported.push(runId),
  };
  // Only these methods are called by a drain.
  return {
    settled,
    noted,
    saved,
    reported,
    drain: () => drainOnce(ports as unknown as Parameters<typeof drainOnce>[0]),
  };
}

describe("a drain", () => {
  it("settles what held money, archives all, and leaves nothing", async () => {
    const paid = aRun({ order: anOrder({ plan: paidPlan }), effects: [anEffect({ costMicroUsd: 7 })] });
    const free = aRun({ id: "run_0_00000000000000000000000002" });
    const { drain, settled, saved } = aDrain([paid, free], { at: null });
    expect(await drain()).toBe(2);
    expect(settled).toEqual([{ runId: paid.id, spentMicroUsd: 7, ended: true }]);
    expect(saved[0]?.runs.map(({ record }) => JSON.parse(record))).toEqual([paid, free]);
    expect(saved[0]?.ledger.reduce((sum, line) => sum + line.microUsd, 0)).toBe(0);
    expect(await drain()).toBe(0);
  });

  it("notes what was decided in a run, a no and a yes given beforehand, under one name however often it is tried", async () => {
    const refusal = { reason: "address_forbidden", host: "10.0.0.1" } as const;
    const denied = aRun({ status: "failed", refusal });
    const slip = aRun({
      id: "run_0_00000000000000000000000002",
      status: "failed",
      refusal: { reason: "cancelled" },
    });
    const approvedBy = { user: "anna", at: 5, how: "the caller" };
    const agreed = aRun({ id: "run_0_00000000000000000000000003", approvedBy });
    const { drain, noted } = aDrain([denied, slip, agreed], { at: "archive" });
    await drain().catch(() => undefined);
    await drain().catch(() => undefined);
    const entry = { id: `${denied.id}:end`, outcome: "address_forbidden", body: { host: "10.0.0.1" } };
    const yes = { id: `${agreed.id}:approval`, at: 5, action: "approval.approve", target: agreed.id };
    expect(noted).toMatchObject([entry, yes, entry, yes]);
  });

  it("lets the others leave beside a run that the archive does not take, and that one without its values", async () => {
    const id = (n: number) => `run_0_0000000000000000000000000${n}` as const;
    const runs = [1, 2, 3, 4, 5].map((n) => aRun({ id: id(n), result: n === 4 ? "poison" : n }));
    const { drain, saved, reported } = aDrain(runs, { at: null, poison: "poison" });
    await drain();
    expect(await drain()).toBe(0);
    const kept = saved.flatMap((batch) => batch.runs.map(({ record }): RunRecord => JSON.parse(record)));
    expect(kept.map((run) => [run.id, run.result])).toEqual([
      [id(1), 1],
      [id(2), 2],
      [id(3), 3],
      [id(4), "could not be kept"],
      [id(5), 5],
    ]);
    expect(kept[3]?.status).toBe(aRun({}).status);
    expect(reported).toEqual([id(4)]);
  });

  it.each(["settle", "archive"] as const)(
    "that is lost at %s keeps its rows for the next one",
    async (at) => {
      const failing: { at: "settle" | "archive" | null } = { at };
      const run = aRun({ order: anOrder({ plan: paidPlan }) });
      const { drain, saved } = aDrain([run], failing);
      await expect(drain()).rejects.toThrow(at);
      failing.at = null;
      expect(await drain()).toBe(1);
      expect(saved).toHaveLength(1);
    },
  );
});
