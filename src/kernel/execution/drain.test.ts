import { describe, expect, it } from "vitest";
import { anEffect, anOrder, aPlan, aRun } from "../../../test/builders.ts";
import type { RunRecord } from "../domain/run.ts";
import type { ArchiveBatch } from "../ports/archive.ts";
import type { AuditEntry } from "../ports/audit.ts";
import type { CallTally, Settlement } from "../ports/guard.ts";
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
  const calls: CallTally[] = [];
  const heard: CallTally[] = [];
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
      settle: async (_: string, settlements: readonly Settlement[], told: readonly CallTally[]) => {
        failAt("settle");
        settled.push(...settlements);
        heard.push(...told);
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
    hosts: { take: () => calls.splice(0) },
    report: (runId: string) => reported.push(runId),
  };
  // Only these methods are called by a drain.
  return {
    settled,
    noted,
    saved,
    reported,
    calls,
    heard,
    drain: () => drainOnce(ports as unknown as Parameters<typeof drainOnce>[0]),
  };
}

describe("a drain", () => {
  it("settles what held money, archives all, and leaves nothing", async () => {
    const paid = aRun({ order: anOrder({ plan: paidPlan }), effects: [anEffect({ costMicroUsd: 7 })] });
    const free = aRun({ id: "run_0_00000000000000000000000002" });
    const { drain, settled, saved } = aDrain([paid, free], { at: null });
    expect(await drain()).toBe(2);
    const at = paid.finishedAt ?? paid.createdAt;
    expect(settled).toEqual([{ runId: paid.id, spentMicroUsd: 7, ended: true, at }]);
    expect(saved[0]?.runs.map(({ record }) => JSON.parse(record))).toEqual([paid, free]);
    expect(saved[0]?.ledger.reduce((sum, line) => sum + line.microUsd, 0)).toBe(0);
    expect(await drain()).toBe(0);
  });

  it("tells what calls of services came to with what it settles, and where nothing is settled too", async () => {
    const { drain, calls, heard } = aDrain([aRun()], { at: null });
    const tally = { host: "a.example", calls: 3, failed: 2, slow: 0, lastAt: 5 };
    calls.push(tally);
    expect(await drain()).toBe(1);
    expect(heard).toEqual([tally]);
  });

  it("books a run that stopped to wait in the moments in which it was settled, and what was billed too much apart", async () => {
    const effects = [anEffect({ key: "k:1", costMicroUsd: 9, paid: [{ at: 3, microUsd: 4 }] })];
    const plan = { ...paidPlan, forecast: { ...paidPlan.forecast, upperMicroUsd: 7 } };
    const run = aRun({ order: anOrder({ plan }), effects, finishedAt: 50 });
    const { drain, saved, settled } = aDrain([run], { at: null });
    await drain();
    const parts = [
      { at: 3, microUsd: 4 },
      { at: 50, microUsd: 5 },
    ];
    expect(settled).toMatchObject([{ spentMicroUsd: 9, at: 50, parts, overMicroUsd: 2 }]);
    const lines = (saved[0]?.ledger ?? []).map(({ entry, account, microUsd, at }) => [
      entry,
      account,
      microUsd,
      at,
    ]);
    const source = lines[1]?.[1];
    expect(source).toMatch(/^source:/);
    expect(lines).toEqual([
      ["k:1", "tenant", -4, 3],
      ["k:1", source, 4, 3],
      ["k:1/2", "tenant", -5, 50],
      ["k:1/2", source, 5, 50],
      [`${run.id}:overrun`, "tenant", 2, 50],
      [`${run.id}:overrun`, "overrun", -2, 50],
    ]);
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
