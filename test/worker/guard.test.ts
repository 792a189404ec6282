// The guard under races and crashes: its rules are tested beside the kernel, here that one turn is one decision.
import { abortAllDurableObjects, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import type { Admission } from "../../src/kernel/ports/guard.ts";
import { aTenant, type Tenant } from "./tenant.ts";

const PRICE = 1_000;
let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
});

function anAdmission(n: number, changes: Partial<Admission> = {}): Admission {
  return {
    runId: `run_0_${n}`,
    catalogueVersion: 0,
    user: "anna",
    upperMicroUsd: PRICE,
    windows: [],
    hosts: [],
    payers: ["tenant"],
    skill: "a/b",
    deadline: Date.now() + 60_000,
    ...changes,
  };
}

const isAdmitted = (answer: { admitted?: boolean }) => answer.admitted === true;

describe("200 requests at once against a budget that fits 37", () => {
  const race = () =>
    Promise.all(Array.from({ length: 200 }, (_, n) => tenant.guard.admit(anAdmission(n)) as Promise<object>));

  it.each(["dailyMicroUsd", "monthlyMicroUsd"])("%s: exactly 37 are admitted", async (limit) => {
    await tenant.guard.change({ order: "limits", change: { [limit]: PRICE * 37 + 1 } });
    expect((await race()).filter(isAdmitted)).toHaveLength(37);
    const { heldMicroUsd, remainingMicroUsd } = await tenant.guard.budget();
    expect({ heldMicroUsd, remainingMicroUsd }).toEqual({ heldMicroUsd: PRICE * 37, remainingMicroUsd: 1 });
  });

  it("is the same after the object was evicted or reset", async () => {
    await tenant.guard.change({ order: "limits", change: { dailyMicroUsd: PRICE * 37 } });
    await race();
    await evictDurableObject(tenant.guard);
    expect((await race()).filter(isAdmitted)).toHaveLength(37);
    await abortAllDurableObjects();
    expect((await tenant.guard.budget()).heldMicroUsd).toBe(PRICE * 37);
  });

  it("gives back what was not spent, and counts each settlement once", async () => {
    await tenant.guard.change({ order: "limits", change: { dailyMicroUsd: PRICE * 37 } });
    await race();
    const half = Array.from({ length: 37 }, (_, n) => ({
      runId: `run_0_${n}`,
      spentMicroUsd: PRICE / 2,
      ended: true,
    }));
    await Promise.all([tenant.guard.settle(half), tenant.guard.settle(half)]);
    await abortAllDurableObjects();
    await tenant.guard.settle(half);
    expect(await tenant.guard.budget()).toMatchObject({
      heldMicroUsd: 0,
      spentDayMicroUsd: (PRICE / 2) * 37,
      spentMonthMicroUsd: (PRICE / 2) * 37,
    });
    const again = Array.from(
      { length: 30 },
      (_, n) => tenant.guard.admit(anAdmission(1000 + n)) as Promise<object>,
    );
    expect((await Promise.all(again)).filter(isAdmitted)).toHaveLength(18);
  });
});

describe("a disk that takes nothing", () => {
  const exec = (text: string) =>
    runInDurableObject(tenant.guard, (_, { storage }) => void storage.sql.exec(text));
  const BREAK = "before insert on holds begin select raise(abort, 'the disk is full'); end";

  it("leaves nothing in the memory that is not on it, and nobody is let through on it", async () => {
    await tenant.guard.change({ order: "limits", change: { dailyMicroUsd: PRICE * 10 } });
    expect(await tenant.guard.admit(anAdmission(1))).toMatchObject({ admitted: true });
    await exec(`create trigger broken ${BREAK}`);
    const answers = await Promise.allSettled([2, 3].map((n) => tenant.guard.admit(anAdmission(n))));
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await exec("drop trigger broken");
    const untouched = { heldMicroUsd: PRICE, spentDayMicroUsd: 0, remainingMicroUsd: PRICE * 9 };
    expect(await tenant.guard.budget()).toMatchObject(untouched);
    await abortAllDurableObjects();
    expect(await tenant.guard.budget()).toMatchObject(untouched);
    expect(await tenant.guard.admit(anAdmission(2))).toMatchObject({ admitted: true });
  });

  it.each([1, 2, 3, 4])("of four settlements not the one of run %i: all is booked, once", async (n) => {
    const runs = [1, 2, 3, 4];
    const settle = (runId: number) =>
      tenant.guard.settle([{ runId: `run_0_${runId}`, spentMicroUsd: runId * 100, ended: true }]);
    for (const run of runs) await tenant.guard.admit(anAdmission(run));
    await exec(
      `create trigger broken before delete on holds when old.run_id = 'run_0_${n}'
       begin select raise(abort, 'the disk is full'); end`,
    );
    const first = await runInDurableObject(tenant.guard, (guard) =>
      Promise.allSettled(
        runs.map((run) => guard.settle([{ runId: `run_0_${run}`, spentMicroUsd: run * 100, ended: true }])),
      ),
    );
    expect(first.map(({ status }) => status)[n - 1]).toBe("rejected");
    const booked = first.reduce(
      (sum, { status }, at) => sum + (status === "fulfilled" ? (at + 1) * 100 : 0),
      0,
    );
    expect((await tenant.guard.budget()).spentDayMicroUsd).toBe(booked);
    await exec("drop trigger broken");
    for (const run of runs) await settle(run);
    const once = { spentDayMicroUsd: 1_000, spentMonthMicroUsd: 1_000, heldMicroUsd: 0 };
    expect(await tenant.guard.budget()).toMatchObject(once);
    await abortAllDurableObjects();
    expect(await tenant.guard.budget()).toMatchObject(once);
  });
});

it("admits exactly 60 of 600 requests at once at 60 a minute, and says when to come back", async () => {
  await tenant.guard.change({
    order: "limits",
    change: { requests: 60, windowMs: 60_000, burst: 0, rateEnabled: true },
  });
  const free = { upperMicroUsd: 0, windows: ["user:anna"] };
  const answers = await Promise.all(
    Array.from({ length: 600 }, (_, n) => tenant.guard.admit(anAdmission(n, free)) as Promise<object>),
  );
  expect(answers.filter(isAdmitted)).toHaveLength(60);
  const refused = answers.find((answer) => !isAdmitted(answer));
  expect(refused).toMatchObject({ refusal: { reason: "rate_limited", limit: 60 } });
});

it("answers 429 with Retry-After over HTTP once a limited key has used its window", async () => {
  const limited = await aTenant({ unlimited: false });
  await limited.saveSkill("test/one", "  - id: a\n    set: { x: 1 }\n");
  await limited.send("PUT /limits", { requests: 3, window_seconds: 60 });
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => limited.send("POST /skills/test/one/run", {})),
  );
  const refused = answers.filter((answer) => answer.status === 429);
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(3);
  expect(refused).toHaveLength(5);
  expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
});

it("refuses a plan made on an older catalogue, with nothing claimed", async () => {
  await tenant.guard.noteRegistry(7, false);
  expect(await tenant.guard.admit(anAdmission(1, { catalogueVersion: 6 }))).toEqual({ stale: 7 });
  expect((await tenant.guard.budget()).heldMicroUsd).toBe(0);
  await evictDurableObject(tenant.guard);
  expect(await tenant.guard.standing()).toMatchObject({ registryVersion: 7 });
});
