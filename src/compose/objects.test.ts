// An object that is away is a fault of the world, whichever of its methods was asked for.
import { describe, expect, it } from "vitest";
import type { Env } from "../env.ts";
import type { Archive } from "../kernel/ports/archive.ts";
import { toGuard, toRunners, toStore } from "./objects.ts";

/** What a reset looks like from outside: a plain error, without any of the platform's marks. */
const RESET = new Error("Durable Object reset because its code was updated.");
const OURS = Object.assign(new Error("invariant broken"), { remote: true });

function toPorts(error: Error) {
  const fail = async () => {
    throw error;
  };
  // Everything but `then`: a stub is no promise.
  const stub = new Proxy({}, { get: (_, name) => (name === "then" ? undefined : fail) });
  const objects = { getByName: () => stub };
  // Only stubs are asked for, and this one has every method.
  const env = { GUARD: objects, STORE: objects, RUNNER: objects } as unknown as Env;
  // Only this is asked of it.
  const archive = { hasShard: async () => true } as Partial<Archive> as Archive;
  const ports = {
    guard: toGuard(env),
    store: toStore(env, "ten_1"),
    runner: toRunners(env, { shards: 2, archive }),
  };
  return Object.entries(ports).flatMap(([what, port]) =>
    Object.entries(port).map(([name, method]) => [what, name, method] as const),
  );
}

const RUN = { idempotency: null, principal: { tenant: "ten_1" } };

/** The first thing that a method takes, where it matters which. */
const ask = (name: string, method: (...all: never[]) => Promise<unknown>) =>
  Reflect.apply(method, null, name === "start" ? [RUN] : ["ten_1", "run_1_x"]);

describe("an object that is reset", () => {
  it.each(toPorts(RESET))("makes the %s's %s a fault that passes", async (what, name, method) => {
    await expect(ask(name, method)).rejects.toMatchObject({
      retry: "later",
      message: `the ${what}`,
      cause: RESET,
    });
  });

  it.each(toPorts(OURS))("leaves a mistake of ours what it is: the %s's %s", async (_what, name, method) => {
    await expect(ask(name, method)).rejects.toBe(OURS);
  });
});
