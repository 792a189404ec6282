// Before each write the guard is asked: by all runs of a runner together, and nobody is let through when it does not answer.
import { describe, expect, it } from "vitest";
import { aSkill } from "../../../test/builders.ts";
import { World } from "../../../test/world.ts";
import { Fault } from "../domain/refusal.ts";
import { STANDING_MS, type Standing } from "../ports/guard.ts";
import { StandingReader } from "./standing.ts";

const CALM: Standing = { epoch: 1, registryVersion: 0, policiesVersion: 0, paused: [] };
const NO_QUESTION = { approval: { needed: "no", by: "owner", always: false } } as const;

const http = (id: string, how: object) => ({ id, kind: "http", with: how });
const WRITES = aSkill({ steps: [http("one", { post: "/one" }), http("two", { post: "/two" })] });

describe("a guard that does not answer at a write", () => {
  it("stops it before it is sent; a job tries again, and each is sent once", async () => {
    const world = new World({ "/one": { delayMs: STANDING_MS } });
    let asked = 0;
    world.standing = async () => {
      asked += 1;
      if (asked === 2) throw new Fault("unreachable", "later", "the guard");
      return CALM;
    };
    const run = await world.run([WRITES], undefined, NO_QUESTION);
    expect(run).toMatchObject({ status: "succeeded", attempts: 2 });
    expect(world.sent.map(({ url }) => url)).toEqual(["/one", "/two"]);
  });

  it("is told as such where nobody tries again", async () => {
    const world = new World();
    world.standing = () => Promise.reject(new Fault("unreachable", "later", "the guard"));
    const run = await world.run([WRITES], undefined, { ...NO_QUESTION, maxRetries: 0 });
    expect(run).toMatchObject({ status: "running", effects: [] });
    expect(world.sent).toEqual([]);
  });
});

describe("a run that writes", () => {
  it("is asked about anew once what the guard said is older than the guard waits for", async () => {
    const asked = async (delayMs: number) => {
      const world = new World({ "/one": { delayMs }, "/two": { delayMs } });
      let calls = 0;
      world.standing = async () => {
        calls += 1;
        return calls < 2 ? CALM : { ...CALM, epoch: 2, paused: ["tenant"] };
      };
      const run = await world.run([WRITES], undefined, NO_QUESTION);
      return [calls, run.status, world.sent.length];
    };
    expect(await asked(STANDING_MS - 1)).toEqual([1, "succeeded", 2]);
    expect(await asked(STANDING_MS)).toEqual([2, "failed", 1]);
  });
});

describe("a run that only reads", () => {
  const reads = (count: number) =>
    aSkill({ steps: Array.from({ length: count }, (_, n) => http(`s${n}`, { get: "/slow" })) });

  it("asks nobody within its first second, and then is stopped by a pause too", async () => {
    const world = new World({ "/slow": { delayMs: 400 } });
    let asked = 0;
    world.standing = async () => {
      asked += 1;
      return asked < 2 ? CALM : { ...CALM, epoch: 2, paused: ["tenant"] };
    };
    const quick = await world.run([reads(2)], undefined, NO_QUESTION);
    expect([quick.status, asked]).toEqual(["succeeded", 0]);
    const long = await new World({ "/slow": { delayMs: 400 } }).run([reads(6)], undefined, NO_QUESTION);
    expect(long.status).toBe("succeeded");
    const slow = new World({ "/slow": { delayMs: 1_100 } });
    slow.standing = world.standing;
    const stopped = await slow.run([reads(4)], undefined, NO_QUESTION);
    // Nothing was changed, and nobody was told of it: it is refused, and there is no run.
    expect(stopped).toMatchObject({ status: "running", result: null });
    expect(stopped.effects.filter(({ state }) => state === "done")).toHaveLength(2);
  });
});

describe("reading how things stand", () => {
  function aReader() {
    const open: ((standing: Standing) => void)[] = [];
    let now = 0;
    const guard = { standing: () => new Promise<Standing>((answer) => open.push(answer)) };
    const reader = new StandingReader({ tenant: "ten_test", guard, clock: { now: () => now } });
    return { reader, open, pass: (ms: number) => (now += ms) };
  }

  it("takes one call for all who ask within its time, and another for whoever asks later", async () => {
    const { reader, open, pass } = aReader();
    const first = reader.recent(25);
    const others = Array.from({ length: 50 }, () => reader.recent(25));
    pass(24);
    others.push(reader.recent(25));
    expect(open).toHaveLength(1);
    pass(1);
    const late = reader.recent(25);
    expect(open).toHaveLength(2);
    open[1]?.({ ...CALM, epoch: 2 });
    expect(await late).toMatchObject({ epoch: 2 });
    // An answer that comes late is old news.
    open[0]?.(CALM);
    expect(new Set(await Promise.all([first, ...others]))).toEqual(new Set([CALM]));
    expect(await reader.recent(25)).toMatchObject({ epoch: 2 });
  });

  it("counts from when it was asked, whichever way the clock goes", async () => {
    const { reader, open, pass } = aReader();
    const first = reader.recent(1_000);
    pass(600);
    open[0]?.(CALM);
    await first;
    pass(399);
    expect(await reader.recent(1_000)).toEqual(CALM);
    pass(-2_000);
    const again = reader.recent(1_000);
    expect(open).toHaveLength(2);
    open[1]?.({ ...CALM, epoch: 3 });
    expect(await again).toMatchObject({ epoch: 3 });
  });

  it("goes on after a call that failed", async () => {
    let asked = 0;
    const guard = {
      standing: async () => {
        asked += 1;
        if (asked === 1) throw new Fault("unreachable", "later", "the guard");
        return CALM;
      },
    };
    const reader = new StandingReader({ tenant: "ten_test", guard, clock: { now: () => 0 } });
    await expect(reader.recent(25)).rejects.toThrow("the guard");
    expect(await reader.recent(25)).toEqual(CALM);
  });
});
