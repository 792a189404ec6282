import { expect, it } from "vitest";
import { NOW } from "../../../test/builders.ts";
import { HostWatch } from "./host-watch.ts";

const HOST = "a.example";

function aWatch() {
  const clock = { at: NOW, now: () => clock.at };
  return { clock, hosts: new HostWatch(clock) };
}

it("keeps a run from what the guard said is closed off, until then and not when the clock was set back", () => {
  const { clock, hosts } = aWatch();
  const calls = hosts.watch("run_0_a", [{ host: HOST, why: "failures", until: NOW + 30_000 }]);
  expect(calls.findRefusal(HOST)).toMatchObject({ reason: "breaker_open", retryAfterMs: 30_000 });
  expect(calls.findRefusal("b.example")).toBeNull();
  clock.at = NOW + 30_000;
  expect(calls.findRefusal(HOST)).toBeNull();
  clock.at = NOW - 3_600_000;
  expect(calls.findRefusal(HOST)).toBeNull();
});

it("stops by what it saw itself, tells it once, and forgets it when the guard was changed", () => {
  const { clock, hosts } = aWatch();
  hosts.learn(1);
  const calls = hosts.watch("run_0_a", []);
  for (let n = 0; n < 20; n += 1) {
    expect(calls.findRefusal(HOST)).toBeNull();
    const end = calls.begin(HOST);
    clock.at += n === 0 ? 6_000 : 1;
    end(n % 2 === 0);
  }
  expect(hosts.watch("run_0_b", []).findRefusal(HOST)).toMatchObject({ host: HOST, why: "failures" });
  expect(hosts.take()).toMatchObject([{ host: HOST, calls: 20, failed: 10, slow: 1 }]);
  expect(hosts.take()).toEqual([]);
  hosts.learn(1);
  expect(calls.findRefusal(HOST)).not.toBeNull();
  hosts.learn(2);
  expect(calls.findRefusal(HOST)).toBeNull();
});
