// A world in memory around the real executor, door and steps: time passes only when everybody waits, writes are counted, and a
// journal takes nothing back. Only `http` reaches it.
import type { Connector } from "../src/kernel/domain/connector.ts";
import { Fault } from "../src/kernel/domain/refusal.ts";
import type { RunOrder, RunRecord } from "../src/kernel/domain/run.ts";
import type { Skill } from "../src/kernel/domain/skill.ts";
import { createDoor } from "../src/kernel/door/door.ts";
import { HostWatch } from "../src/kernel/door/host-watch.ts";
import { applyDecision } from "../src/kernel/execution/decisions.ts";
import { fromRecord, newLiveRun, toRecord } from "../src/kernel/execution/live-run.ts";
import { StandingReader } from "../src/kernel/execution/standing.ts";
import { toDefaultSet } from "../src/kernel/policy/default-policies.ts";
import type { RunnerPorts } from "../src/kernel/execution/runner-ports.ts";
import { workOn } from "../src/kernel/execution/work.ts";
import type { Capability } from "../src/kernel/ports/capability.ts";
import type { Standing } from "../src/kernel/ports/guard.ts";
import { wait } from "../src/kernel/ports/clock.ts";
import { toPlan } from "../src/kernel/stages/plan.ts";
import { STEP_KINDS } from "../src/steps/index.ts";
import { anOrder, aPlan, NOW } from "./builders.ts";

interface Sent {
  readonly key: string;
  readonly url: string;
  readonly body: unknown;
}

/** How a place answers: after so long, and away for the first so many calls. */
interface Place {
  readonly delayMs?: number;
  readonly awayFor?: number;
}

const CALM: Standing = { epoch: 1, registryVersion: 0, policiesVersion: 0, paused: [] };
const MADE_UP = "made up by a trial";
const RUN_ID = "run_0_00000000000000000000000001";

export class World {
  readonly sent: Sent[] = [];
  readonly reported: unknown[] = [];
  /** What the guard says; a test may let it say something else. */
  standing: () => Promise<Standing> = async () => CALM;
  readonly #kept = new Map<string, unknown>();
  readonly #places: Readonly<Record<string, Place>>;
  readonly #calls = new Map<string, number>();
  #record: RunRecord | null = null;
  #now = NOW;
  #timers: { at: number; ring: () => void }[] = [];

  constructor(places: Readonly<Record<string, Place>> = {}) {
    this.#places = places;
  }

  readonly clock = {
    now: () => this.#now,
    after: (ms: number, ring: () => void) => {
      const timer = { at: this.#now + ms, ring };
      this.#timers.push(timer);
      return () => {
        this.#timers = this.#timers.filter((one) => one !== timer);
      };
    },
  };

  readonly http: Capability = {
    via: "http",
    // Made by the step `http` below.
    describe: (request) => {
      const { method, url } = request as { method: string; url: string };
      return {
        class: method === "GET" ? "read" : "write",
        target: `out.example${url}`,
        resend: "never",
        upperMicroUsd: 0,
      };
    },
    preview: async (request) => {
      const { url, body } = request as { url: string; body: unknown };
      await this.#pass(url);
      return {
        entities: [{ id: url, label: JSON.stringify(body) ?? "" }],
        total: 1,
        value: { status: 200, body: MADE_UP },
      };
    },
    call: async (request, _, { key }) => {
      const { method, url, body } = request as { method: string; url: string; body: unknown };
      if (method !== "GET") this.sent.push({ key, url, body });
      const calls = (this.#calls.get(url) ?? 0) + 1;
      this.#calls.set(url, calls);
      await this.#pass(url);
      if (calls <= (this.#places[url]?.awayFor ?? 0)) throw new Fault("network", "later", "away");
      return { value: { status: 201, body: { url } }, costMicroUsd: 0 };
    },
  };

  #pass(url: string): Promise<void> {
    return wait(this.clock, this.#places[url]?.delayMs ?? 1);
  }

  /** Until it is done; time passes when nothing else can happen. */
  async #until<T>(working: Promise<T>): Promise<T> {
    let isDone = false;
    const done = working.finally(() => (isDone = true));
    done.catch(() => undefined);
    for (let turn = 0; turn < 10_000; turn += 1) {
      await new Promise((next) => setImmediate(next));
      if (isDone) return done;
      if (this.#timers.length === 0) continue;
      // All that is due rings at once: what ends at one moment ends in any order.
      this.#now = Math.min(...this.#timers.map(({ at }) => at));
      const due = this.#timers.filter(({ at }) => at === this.#now);
      this.#timers = this.#timers.filter(({ at }) => at !== this.#now);
      for (const { ring } of due) ring();
    }
    throw new Error("it never ended");
  }

  /** As the journal of a runner: a later record of a step takes the place of the earlier, and none goes. */
  #keep(run: RunRecord): void {
    for (const step of run.steps) this.#kept.set(`step ${step.path}`, step);
    for (const effect of run.effects) this.#kept.set(`effect ${effect.key}`, effect);
    const of = (what: string) =>
      [...this.#kept].filter(([name]) => name.startsWith(what)).map(([, one]) => one);
    this.#record = JSON.parse(
      JSON.stringify({ ...run, steps: of("step "), effects: of("effect ") }),
    ) as RunRecord;
  }

  #toPorts(skills: readonly Skill[], kinds: RunnerPorts["kinds"]): RunnerPorts {
    const documents = {
      loadSkill: async (_: string, hash: string) => skills.find((skill) => skill.hash === hash) ?? null,
      loadConnector: async () => null,
      loadFixture: async () => null,
    };
    const secrets = { load: async () => null, known: async () => [] };
    const door = {
      clock: this.clock,
      secrets,
      documents,
      capabilities: new Map([["http", this.http]]),
      away: new Map(),
      kept: new Map(),
    };
    const ports = {
      clock: this.clock,
      policies: { load: async () => ({ version: 0, timeZone: "UTC", policies: toDefaultSet() }) },
      members: { findMember: async () => ({ role: null }) },
      people: { listDeciding: async () => [] },
      standing: new StandingReader({
        tenant: "ten_test",
        guard: { standing: () => this.standing() },
        clock: this.clock,
      }),
      documents,
      door: createDoor(door as unknown as Parameters<typeof createDoor>[0]),
      kinds,
      describe: (guess: { request: unknown }) => this.http.describe(guess.request, null),
      store: () => null,
      hosts: new HostWatch(this.clock, async () => null),
      report: (_: string, cause: unknown) => this.reported.push(cause),
      journal: { saveLive: async (run: RunRecord) => this.#keep(run), saveEnd: async () => undefined },
      wake: () => undefined,
      toAnswer: () => null,
    };
    // What these runs never reach is left out.
    return ports as unknown as RunnerPorts;
  }

  /** The first skill, until it has ended or waits for what is no approval; then or before, `yes` says yes, and to what not. */
  async run(
    skills: readonly [Skill, ...Skill[]],
    yes: (run: RunRecord) => readonly string[] | void = () => undefined,
    ordered: Partial<RunOrder> = {},
  ): Promise<RunRecord> {
    const kinds = new Map(STEP_KINDS.map((kind) => [kind.kind, kind]));
    const snapshot = {
      skills: new Map(skills.map((skill) => [skill.id, skill])),
      connectors: new Map<string, Connector>(),
    };
    const planner = {
      kinds,
      describe: (guess: { request: unknown }) => this.http.describe(guess.request, null),
    };
    const plan = toPlan(skills[0], {}, { snapshot, planner });
    if ("refusal" in plan) throw new Error(plan.refusal.reason);
    const order = anOrder({
      plan: { ...aPlan(), ...plan },
      approval: { needed: "yes", by: "owner", always: true },
      maxRetries: 2,
      ...ordered,
    });
    const ports = this.#toPorts(skills, kinds);
    for (let live = newLiveRun(order, RUN_ID, NOW); ; ) {
      live.attempts += 1;
      const { progress } = await this.#until(workOn(ports, live));
      if (progress !== "stopped" || live.waitingFor === "outcome" || !this.#record) return toRecord(live);
      if (live.status !== "waiting") {
        live = fromRecord(this.#record);
        continue;
      }
      const excluded = yes(toRecord(live)) ?? [];
      const decided = applyDecision(this.#record, { approve: true, user: "anna", excluded }, this.#now);
      if ("refusal" in decided) throw new Error(decided.refusal.reason);
      live = decided.live;
    }
  }
}

export function isMadeUp(body: unknown): boolean {
  return JSON.stringify(body)?.includes(MADE_UP) ?? false;
}
