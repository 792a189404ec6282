import { describe, expect, it } from "vitest";
import { someFacts } from "../../../test/builders.ts";
import { Fault, Refused, Suspended } from "../domain/refusal.ts";
import { callWithRetry } from "./attempts.ts";

const lost = new Fault("network", "later", "connection lost");
const wrong = new Fault("http_refused", "never", "api answered 400");
const broken = new Fault("http_status", "never", "api answered 500");
const early = new Fault("no_practice", "never", "nothing stands in");

const paused = new Refused({ reason: "paused", payer: "tenant" });

/** How often it was tried, and how it ended. Whatever fails has left, but for what failed before. */
async function tryWith(facts: Parameters<typeof someFacts>[0], ...failures: Error[]) {
  let tries = 0;
  let failed = "";
  const outcome = await callWithRetry(someFacts(facts), {
    attempt: async () => {
      tries += 1;
      const failure = failures[tries - 1];
      if (failure) throw failure;
      return "done";
    },
    again: async () => {
      if (failures.includes(paused)) throw paused;
    },
    now: () => tries * 2_000,
    savedAt: () => 5,
    hasLeft: () => failures[tries - 1] !== early,
    outcomeUnknown: () => new Suspended("outcome", "run_0_a:one:1"),
    onFailure: (verdict) => {
      failed = verdict;
    },
  }).catch((error: unknown) => error);
  return { tries, failed, outcome };
}

describe("a write that would be sent once more", () => {
  it("is not where it may not be by now, and may have happened already", async () => {
    const deduplicated = { class: "write", resend: "deduplicated" } as const;
    expect(await tryWith(deduplicated, lost, paused)).toEqual({
      tries: 1,
      failed: "doubtful",
      outcome: paused,
    });
    const stopped = new Refused({ reason: "paused", payer: "key:one" });
    const late = { tries: 2, failed: "doubtful", outcome: stopped };
    expect(await tryWith(deduplicated, lost, stopped)).toEqual(late);
    expect(await tryWith(deduplicated, stopped)).toEqual({ ...late, tries: 1, failed: "failed" });
    expect(await tryWith({ class: "read" }, lost)).toMatchObject({ tries: 2, outcome: "done" });
  });
});

describe("a lost answer", () => {
  it.each([{ class: "read" }, { class: "write", resend: "deduplicated" }] as const)(
    "of %o is asked for again",
    async (facts) => {
      expect(await tryWith(facts, lost, lost)).toEqual({ tries: 3, failed: "", outcome: "done" });
    },
  );

  it.each([{ class: "write" }, { class: "delete" }] as const)("of %o is never sent again", async (facts) => {
    const { tries, outcome } = await tryWith(facts, lost);
    expect(tries).toBe(1);
    expect(outcome).toBeInstanceOf(Suspended);
  });

  it("is told as an unreachable source after the last try", async () => {
    const { tries, failed, outcome } = await tryWith({}, lost, lost, lost);
    expect([tries, failed]).toEqual([3, "failed"]);
    expect(outcome).toBeInstanceOf(Refused);
    expect(outcome).toMatchObject({ refusal: { reason: "source_unreachable", last: "connection lost" } });
  });
});

it("does not repeat what will be wrong again, nor a refusal", async () => {
  expect(await tryWith({ class: "write" }, wrong)).toEqual({ tries: 1, failed: "failed", outcome: wrong });
  const refused = new Refused({ reason: "address_forbidden", host: "127.0.0.1" });
  expect(await tryWith({}, refused)).toEqual({ tries: 1, failed: "failed", outcome: refused });
});

describe("a write that fails", () => {
  it("before anything has left did not happen", async () => {
    expect(await tryWith({ class: "write" }, early)).toEqual({ tries: 1, failed: "failed", outcome: early });
  });

  it("with a fault of its target may have happened", async () => {
    const { tries, failed, outcome } = await tryWith({ class: "write" }, broken);
    expect([tries, failed]).toEqual([1, "doubtful"]);
    expect(outcome).toMatchObject({ code: "doubtful", retry: "never" });
  });

  it.each([
    ["an answer that cannot be read", new Fault("too_large", "never", "larger than can be read")],
    ["what nobody thought of", new TypeError("x is undefined")],
  ])("by %s is asked about", async (_, error) => {
    const { tries, failed, outcome } = await tryWith({ class: "write" }, error);
    expect([tries, failed]).toEqual([1, ""]);
    expect(outcome).toBeInstanceOf(Suspended);
  });
});
