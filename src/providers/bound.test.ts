// What is held for a model call covers whatever it may be billed as: the named model, the cheap one where money is short, a stand-in
// of practice; by known prices and the tenant's own, for long inputs and every try.
import fc from "fast-check";
import { expect, it } from "vitest";
import { anIo } from "../../test/connector-builders.ts";
import type { OwnPrices, TokenPrice } from "../kernel/domain/own-prices.ts";
import { Fault } from "../kernel/domain/refusal.ts";
import type { ModelPrice, ModelProvider, ModelReply } from "../kernel/ports/model.ts";
import { createMockProvider } from "./mock.ts";
import { createModelCapability } from "./model.ts";
import { estimateTokens } from "./tokens.ts";

const MODELS = ["real/big", "real/small", "mock/echo"];

const tokenPrice: fc.Arbitrary<TokenPrice> = fc.record({
  inputMicroUsd: fc.nat(100_000_000),
  outputMicroUsd: fc.nat(100_000_000),
});
/** Dearer for long inputs, as everywhere. */
const price: fc.Arbitrary<ModelPrice> = fc
  .tuple(tokenPrice, fc.option(fc.tuple(fc.nat(1_000), fc.nat(300), fc.nat(300))), fc.nat(20_000))
  .map(([base, long, callMicroUsd]) => ({
    ...base,
    callMicroUsd,
    ...(long && {
      long: {
        aboveTokens: long[0],
        inputMicroUsd: Math.ceil(base.inputMicroUsd * (1 + long[1] / 100)),
        outputMicroUsd: Math.ceil(base.outputMicroUsd * (1 + long[2] / 100)),
      },
    }),
  }));
const byModel = <Value>(value: fc.Arbitrary<Value>) =>
  fc.dictionary(fc.constantFrom(...MODELS), value, { maxKeys: MODELS.length });

const share = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);
const attempt = fc.record({
  read: share,
  written: share,
  ends: fc.constantFrom("said", "unsaid", "senseless", "unreadable", "cut"),
  isDegraded: fc.boolean(),
});

const call = fc.record({
  model: fc.constantFrom("standard", "cheap", ...MODELS),
  prompt: fc.integer({ min: 1, max: 5_000 }).map((length) => "слово x ".repeat(length / 8 + 1)),
  maxTokens: fc.integer({ min: 1, max: 5_000 }),
});

interface Case {
  readonly request: { readonly model: string; readonly prompt: string; readonly maxTokens: number };
  readonly known: Readonly<Record<string, ModelPrice>>;
}

/** A vendor that reads and writes at most what it may, and says what it likes of it. */
function aVendor({ request: { prompt, maxTokens } }: Case, said: { now: Parameters<typeof toReply>[2] }) {
  const provider: ModelProvider = {
    name: "real",
    models: [],
    isPractice: false,
    connector: null,
    call: async () => toReply(prompt, maxTokens, said.now),
  };
  return provider;
}

function toReply(
  prompt: string,
  maxTokens: number,
  { read, written, ends }: { read: number; written: number; ends: string },
): ModelReply {
  if (ends === "unreadable") throw new Fault("model_unreadable", "never", "an answer that cannot be read");
  const usage = {
    inputTokens: ends === "senseless" ? -1 : Math.floor(read * estimateTokens(prompt)),
    outputTokens: Math.floor(written * maxTokens),
  };
  return {
    text: "x".repeat(Math.floor(written * maxTokens)) || "x",
    finish: ends === "cut" ? "length" : "stop",
    usage: ends === "unsaid" ? null : usage,
  };
}

it("covers every try of a call, as whatever model it is billed", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ request: call, known: byModel(price) }),
      fc.record({ own: byModel(tokenPrice), data: fc.constantFrom("live" as const, "practice" as const) }),
      fc.array(attempt, { minLength: 1, maxLength: 4 }),
      async (one, { own, data }, attempts) => {
        const said = { now: { read: 0, written: 0, ends: "said" } };
        const capability = createModelCapability({
          providers: [createMockProvider(), aVendor(one, said)],
          findPrice: (id) => one.known[id] ?? null,
          aliases: { standard: "real/big", cheap: "real/small" },
          practice: "mock/echo",
        });
        const plan = findPlan(() => capability.describe(one.request, null, own));
        if (plan === null) return;
        // As the plan pins them.
        const { models = [] } = plan;
        const prices: OwnPrices = Object.fromEntries(
          Object.entries(own).filter(([id]) => models === "any" || models.includes(id)),
        );
        for (const each of attempts) {
          said.now = each;
          const request = each.isDegraded ? capability.cheapen?.(one.request, prices) : one.request;
          let billed = 0;
          const io = anIo({ data, prices, charge: (microUsd) => void (billed += microUsd) });
          try {
            billed += (await capability.call(request, null, io)).costMicroUsd;
          } catch (error) {
            expect(error).toBeInstanceOf(Fault);
          }
          expect(billed).toBeLessThanOrEqual(plan.upperMicroUsd);
          expect(capability.describe(request, null, prices).upperMicroUsd).toBeLessThanOrEqual(
            plan.upperMicroUsd,
          );
        }
      },
    ),
    { numRuns: 300 },
  );
});

/** Null: refused, because nobody knows a price. */
function findPlan<Plan>(describe: () => Plan): Plan | null {
  try {
    return describe();
  } catch {
    return null;
  }
}
