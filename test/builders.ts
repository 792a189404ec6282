// What kernel code is called with in its tests: plain data with defaults, changed where a test says so.
import type { EffectFacts, EffectPattern, PlannedWrite } from "../src/kernel/domain/effect.ts";
import type { EffectRecord, RunOrder, RunRecord } from "../src/kernel/domain/run.ts";
import type { Plan } from "../src/kernel/domain/plan.ts";
import type { Skill } from "../src/kernel/domain/skill.ts";
import type { Facts } from "../src/kernel/policy/policy.ts";
import type { Limits } from "../src/kernel/ports/guard.ts";

/** Noon in Moscow. */
export const NOW = Date.UTC(2026, 10, 21, 9);

export function someLimits(changes: Partial<Limits> = {}): Limits {
  return {
    perRequestMicroUsd: 1_000,
    dailyMicroUsd: 10_000,
    monthlyMicroUsd: 100_000,
    lowRemainingMicroUsd: 0,
    onLow: "degrade",
    requests: 60,
    windowMs: 60_000,
    burst: 0,
    rateEnabled: true,
    timeZone: "Europe/Moscow",
    ...changes,
  };
}

export function someFacts(changes: Partial<EffectFacts> = {}): EffectFacts {
  return { class: "read", target: "api.example/x", resend: "never", upperMicroUsd: 0, ...changes };
}

export function anEffectPattern(changes: Partial<EffectPattern> = {}): EffectPattern {
  return { ...someFacts(), step: "one", via: "http", entities: 1, ...changes };
}

export function aSkill(changes: Partial<Skill> = {}): Skill {
  return {
    id: "test/one",
    version: "1.0.0+abc",
    hash: "abc",
    description: "A test",
    tags: [],
    phrases: { ru: [], en: [], not: [] },
    input: [],
    steps: [],
    output: {},
    baseRisk: 1,
    timeoutMs: 30_000,
    ...changes,
  };
}

export function aPlan(changes: Partial<Plan> = {}): Plan {
  return {
    skill: "test/one",
    version: "1.0.0+abc",
    input: {},
    effects: [],
    pins: { skills: {}, connectors: {} },
    hash: "plan-hash",
    forecast: { p50MicroUsd: 0, p95MicroUsd: 0, upperMicroUsd: 0 },
    risk: 0,
    complexity: 0,
    ...changes,
  };
}

export function anOrder(changes: Partial<RunOrder> = {}): RunOrder {
  return {
    terms: { expiresMs: 86_400_000, onTimeout: "deny" },
    requestId: "q_1",
    principal: {
      tenant: "ten_test",
      user: "anna",
      role: "owner",
      scopes: ["read", "run", "build", "admin"],
      keyId: "key_1",
      unlimited: true,
    },
    channel: "http",
    query: null,
    locale: "en",
    timeZone: "Europe/Moscow",
    currency: "RUB",
    plan: aPlan(),
    understanding: { confidence: null, alternatives: [], understood: [] },
    idempotency: null,
    dryRun: false,
    goesOnIdle: false,
    approved: false,
    approval: { needed: "no", by: "owner", always: false },
    agreedHash: null,
    excluded: [],
    data: "live",
    allowStale: false,
    record: false,
    isAsync: false,
    waitMs: 30_000,
    maxRetries: 0,
    catalogueVersion: 0,
    debug: false,
    rehearsal: null,
    events: [],
    ...changes,
  };
}

export function anEffect(changes: Partial<EffectRecord> = {}): EffectRecord {
  return {
    key: "run_0_a:one:1",
    step: "one",
    class: "read",
    via: "model",
    target: "mock/echo",
    state: "done",
    costMicroUsd: 0,
    tokens: 0,
    durationMs: 1,
    origin: "live",
    ...changes,
  };
}

export function aRun(changes: Partial<RunRecord> = {}): RunRecord {
  return {
    id: "run_0_00000000000000000000000001",
    order: anOrder(),
    status: "succeeded",
    attempts: 1,
    createdAt: NOW,
    finishedAt: NOW + 5,
    steps: [],
    effects: [],
    manifest: null,
    approvedBy: null,
    result: {},
    answer: null,
    details: null,
    refusal: null,
    events: [],
    extendedMicroUsd: 0,
    recording: null,
    wakeAt: null,
    ...changes,
  };
}

export function aPlannedWrite(changes: Partial<PlannedWrite> = {}): PlannedWrite {
  return {
    key: "run_0_a:remove:1",
    step: "remove",
    class: "delete",
    target: "quotes",
    entities: [{ id: "quotes:1", label: "1 · draft" }],
    total: 1,
    ...changes,
  };
}

/** Anna, a member, writes one thing with test/one at noon of a Monday. */
export function someFactsOfPolicy(changes: Partial<Facts> = {}): Facts {
  return {
    subject: { user: "anna", role: "member", key: "key_1" },
    skill: { id: "test/one", domain: "test", version: "1.0.0+abc", tags: ["money"], risk: 1 },
    action: "write",
    effects: [{ class: "write", target: "orders", via: "sql", connector: "", step: "save" }],
    amounts: { entities: 1, cost_usd: 0 },
    input: { total: 500 },
    time: { date: "2026-11-23", year: 2026, month: 11, day: 23, weekday: 1, hour: 12, minute: 0 },
    channel: "http",
    risk: 3,
    isFinal: true,
    ...changes,
  };
}
