import { describe, expect, it } from "vitest";
import { someFacts } from "../../../test/builders.ts";
import { Fault, Refused, Suspended } from "../domain/refusal.ts";
import { callWithRetry } from "./attempts.ts";

const lost = new Fault("network", "later", "connection lost");
const wrong = new Fault("http_status", "never", "api answered 400");

/** How often it was tried, and how it ended. */
async function tryWith(facts: Parameters<typeof someFacts>[0], ...failures: Error[]) {
  let tries = 0;
  let failed = 0;
  const outcome = await callWithRetry(someFacts(facts), {
    attempt: async () => {
      tries += 1;
      const failure = failures[tries - 1];
      if (failure) throw failure;
      return "done";
    },
    outcomeUnknown: () => new Suspended("outcome", "run_0_a:one:1"),
    onFailure: () => {
      failed += 1;
    },
  }).catch((error: unknown) => error);
  return { tries, failed, outcome };
}

describe("a lost answer", () => {
  it.each([{ class: "read" }, { class: "write", resend: "deduplicated" }] as const)(
    "of %o is asked for again",
    async (facts) => {
      expect(await tryWith(facts, lost, lost)).toEqual({ tries: 3, failed: 0, outcome: "done" });
    },
  );

  it.each([{ class: "write" }, { class: "delete" }] as const)("of %o is never sent again", async (facts) => {
    const { tries, outcome } = await tryWith(facts, lost);
    expect(tries).toBe(1);
    expect(outcome).toBeInstanceOf(Suspended);
  });

  it("is told as an unreachable source after the last try", async () => {
    const { tries, failed, outcome } = await tryWith({}, lost, lost, lost);
    expect([tries, failed]).toEqual([3, 1]);
    expect(outcome).toBeInstanceOf(Refused);
    expect(outcome).toMatchObject({ refusal: { reason: "source_unreachable", last: "connection lost" } });
  });
});

it("does not repeat what will be wrong again, nor a refusal", async () => {
  expect(await tryWith({ class: "write" }, wrong)).toEqual({ tries: 1, failed: 1, outcome: wrong });
  const refused = new Refused({ reason: "address_forbidden", host: "127.0.0.1" });
  expect(await tryWith({}, refused)).toEqual({ tries: 1, failed: 1, outcome: refused });
});
