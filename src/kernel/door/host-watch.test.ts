import { expect, it } from "vitest";
import { NOW } from "../../../test/builders.ts";
import { Fault, type Refusal } from "../domain/refusal.ts";
import type { HostCall } from "../ports/guard.ts";
import { HostWatch } from "./host-watch.ts";

const HOST = "a.example";
const ANNA = { runId: "run_0_a", user: "anna" };
const BORIS = { runId: "run_0_b", user: "boris" };
const CLOSED = { host: HOST, why: "failures", until: NOW + 30_000 } as const;
const NOTHING = { epoch: 1, openHosts: [] };

/** A guard that lets everybody try, or says what it is told to say. */
function aWatch(guard: () => Refusal | null = () => null) {
  const clock = { at: NOW, now: () => clock.at };
  const asked: HostCall[] = [];
  const hosts = new HostWatch(clock, async (call) => {
    asked.push(call);
    return guard();
  });
  hosts.learn(1);
  return { clock, hosts, asked };
}

it("keeps a run from what the guard said is left alone, and asks it when that is over", async () => {
  const { clock, hosts, asked } = aWatch();
  const calls = hosts.watch(ANNA, { epoch: 1, openHosts: [CLOSED] });
  expect(await calls.findRefusal(HOST, true)).toMatchObject({ reason: "breaker_open", retryAfterMs: 30_000 });
  expect(await calls.findRefusal("b.example", true)).toBeNull();
  expect(asked).toEqual([]);
  clock.at = NOW + 30_000;
  // What is not told how it ends tries nothing for others.
  expect(await calls.findRefusal(HOST, false)).toBeNull();
  expect(asked).toEqual([]);
  expect(await calls.findRefusal(HOST, true)).toBeNull();
  expect(await calls.findRefusal(HOST, true)).toBeNull();
  expect(asked).toEqual([{ ...ANNA, host: HOST }]);
});

it("asks when the clock was set back: nobody knows how much of the time is over", async () => {
  const { clock, hosts, asked } = aWatch();
  const calls = hosts.watch(ANNA, { epoch: 1, openHosts: [CLOSED] });
  clock.at = NOW - 3_600_000;
  expect(await calls.findRefusal(HOST, true)).toBeNull();
  expect(asked).toHaveLength(1);
});

it("hears of a reset while a run is under way", async () => {
  const { hosts, asked } = aWatch();
  const calls = hosts.watch(ANNA, { epoch: 1, openHosts: [CLOSED] });
  expect(await calls.findRefusal(HOST, true)).not.toBeNull();
  hosts.learn(2);
  expect(await calls.findRefusal(HOST, true)).toBeNull();
  expect(asked).toHaveLength(1);
});

it("lets nobody through because the guard does not answer", async () => {
  const { clock, hosts } = aWatch(() => {
    throw new Fault("unreachable", "later", "the guard");
  });
  const calls = hosts.watch(ANNA, { epoch: 1, openHosts: [CLOSED] });
  clock.at = NOW + 30_000;
  expect(await calls.findRefusal(HOST, true)).toMatchObject({ reason: "unavailable" });
});

it("stops by what it saw itself, tells it once, and forgets it when the guard was changed", async () => {
  const { clock, hosts } = aWatch();
  const calls = hosts.watch(ANNA, NOTHING);
  for (let n = 0; n < 20; n += 1) {
    expect(await calls.findRefusal(HOST, true)).toBeNull();
    const end = calls.begin(HOST);
    clock.at += n === 0 ? 6_000 : 1;
    end(n % 2 === 0);
  }
  const other = hosts.watch(BORIS, NOTHING);
  expect(await other.findRefusal(HOST, true)).toMatchObject({ host: HOST, why: "failures" });
  expect(hosts.take()).toMatchObject([{ host: HOST, calls: 20, failed: 10, slow: 1 }]);
  expect(hosts.take()).toEqual([]);
  hosts.learn(1);
  expect(await calls.findRefusal(HOST, true)).not.toBeNull();
  hosts.learn(2);
  expect(await calls.findRefusal(HOST, true)).toBeNull();
});
