// Language models behind one capability: which model answers, what it can cost at most, what its answer must be. A call is
// a read with a price.
import { toLargestAnswer } from "../kernel/domain/answer-price.ts";
import type { EffectFacts } from "../kernel/domain/effect.ts";
import type { MicroUsd } from "../kernel/domain/money.ts";
import { findOwnPrice, type OwnPrices } from "../kernel/domain/own-prices.ts";
import { usdToMicroUsd } from "../kernel/domain/money.ts";
import { Fault, Refused } from "../kernel/domain/refusal.ts";
import type { Capability, CapabilityAnswer, CapabilityIo } from "../kernel/ports/capability.ts";
import type { JsonSchema, ModelPrice, ModelProvider, ModelReply, ModelUsage } from "../kernel/ports/model.ts";
import { toAnswerPrice, toCost, withLongInput } from "./cost.ts";
import type { ModelRequest } from "./model-request.ts";
import { parseModelRequest, toMaxTokens, toMessages, toParts } from "./model-request.ts";
import { parseStructured, toSchema } from "./structured.ts";
import { estimateTokens } from "./tokens.ts";

export interface Models {
  readonly providers: readonly ModelProvider[];
  /** Null: nobody knows what this model costs. */
  readonly findPrice: (id: string) => ModelPrice | null;
  /** `standard` and `cheap` as `provider/model`. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Answers in practice and in tests, whatever model is asked for. */
  readonly practice: string;
}

/** Added to the guess of a real vendor's tokens: a forecast must not be below what it can cost. */
const MARGIN = 1.15;
const TEMPLATE = "${{";

interface Choice {
  readonly id: string;
  readonly model: string;
  readonly provider: ModelProvider;
  readonly price: ModelPrice;
}

export function createModelCapability(models: Models): Capability {
  return {
    via: "model",
    hidesSecrets: true,
    connectorOf: (request, prices) =>
      choose({ models, prices }, parseModelRequest(request).model).provider.connector,
    cheapen: (request, prices) => cheapen({ models, prices }, parseModelRequest(request)),
    describe: (request, _connector, prices) => toFacts({ models, prices }, parseModelRequest(request)),
    call: (request, _connector, io) => call({ models, prices: io.prices }, parseModelRequest(request), io),
    preview: async () => ({ entities: [], total: 0, value: null }),
  };
}

/** A model that was asked for by its own name stays the one. */
function cheapen(priced: Priced, request: ModelRequest): ModelRequest {
  if (request.model !== "standard") return request;
  return findCheaper(priced, request, toUpper(choose(priced, "standard"), request)) === null
    ? request
    : { ...request, model: "cheap" };
}

/** With what the tenant says of their prices. */
interface Priced {
  readonly models: Models;
  readonly prices: OwnPrices | undefined;
}

function toId({ aliases }: Models, name: string): string {
  // A model that only a run can name is forecast as the standard one; the run looks again.
  const alias = name.includes(TEMPLATE) ? "standard" : name;
  return Object.hasOwn(aliases, alias) ? (aliases[alias] ?? alias) : alias;
}

/** Where money is short the standard one becomes the cheap one. */
function toModels(models: Models, name: string): readonly string[] | "any" {
  if (name.includes(TEMPLATE)) return "any";
  const names = name === "standard" ? [name, "cheap"] : [name];
  return [...new Set(names.map((each) => toId(models, each)))];
}

function choose(priced: Priced, name: string): Choice {
  const { price, ...choice } = find(priced, name);
  if (price === null) throw new Refused({ reason: "price_unknown", model: choice.id });
  return { ...choice, price };
}

/** With no price where nobody knows it. */
function find(
  { models, prices }: Priced,
  name: string,
): Omit<Choice, "price"> & { readonly price: ModelPrice | null } {
  const id = toId(models, name);
  const at = id.indexOf("/");
  const provider = models.providers.find((each) => each.name === id.slice(0, at));
  if (provider === undefined) {
    const suggestion = Object.keys(models.aliases)[0];
    throw new Refused({ reason: "not_found", what: "model", id, suggestion });
  }
  const own = findOwnPrice(prices, id);
  const known = models.findPrice(id);
  const price =
    (own && withLongInput(own, known)) ??
    known ??
    (provider.isPractice ? { inputMicroUsd: 0, outputMicroUsd: 0 } : null);
  return { id, model: id.slice(at + 1), provider, price };
}

function toFacts(priced: Priced, request: ModelRequest): EffectFacts {
  const choice = choose(priced, request.model);
  const upperMicroUsd = toUpper(choice, request);
  const cheaperMicroUsd = findCheaper(priced, request, upperMicroUsd) ?? undefined;
  const answer = toAnswerPrice(choice.price, toMost(choice, request));
  const limit =
    request.maxUsd === null || request.maxUsd === undefined ? null : usdToMicroUsd(request.maxUsd);
  if (limit !== null && upperMicroUsd > limit) {
    throw new Refused({
      reason: "budget_exceeded",
      scope: "request",
      neededMicroUsd: upperMicroUsd,
      limitMicroUsd: limit,
      remainingMicroUsd: limit,
      resetsAt: null,
      cheaperMicroUsd,
      largestMaxTokens: toLargestAnswer(answer, limit),
    });
  }
  const { id, provider } = choice;
  const base = provider.connector?.baseUrl;
  const host = base === undefined ? undefined : new URL(base).host;
  const models = toModels(priced.models, request.model);
  // Which model a run names is told by its run: whoever judges it before then has the expression.
  const target = request.model.includes(TEMPLATE) ? request.model : id;
  const facts = { class: "read", target, resend: "deduplicated" } as const;
  const cheaper = toCheaper(priced.models, request, cheaperMicroUsd);
  return { ...facts, upperMicroUsd, ...cheaper, answer, models, host };
}

/** The one that is asked where money is short: only the standard one is given up for it. */
function toCheaper(
  models: Models,
  { model }: ModelRequest,
  cheaperMicroUsd: MicroUsd | undefined,
): Pick<EffectFacts, "cheaperMicroUsd" | "cheaperTarget"> {
  if (cheaperMicroUsd === undefined || model !== "standard") return { cheaperMicroUsd };
  return { cheaperMicroUsd, cheaperTarget: toId(models, "cheap") };
}

/** Null: the cheap one costs as much, or nobody knows what it costs. */
function findCheaper(priced: Priced, request: ModelRequest, upper: MicroUsd): MicroUsd | null {
  if (priced.models.aliases["cheap"] === undefined) return null;
  const { price, ...choice } = find(priced, "cheap");
  if (price === null) return null;
  const cheaper = toUpper({ ...choice, price }, request);
  return cheaper < upper ? cheaper : null;
}

function toUpper(choice: Choice, request: ModelRequest): MicroUsd {
  return toCost(choice.price, toMost(choice, request));
}

function toMost(choice: Choice, request: ModelRequest): ModelUsage {
  return { inputTokens: toInputTokens(choice, request), outputTokens: toMaxTokens(request) };
}

function toInputTokens(choice: Choice, request: ModelRequest): number {
  const guess = toParts(request, toReturned(request)).reduce((sum, part) => sum + estimateTokens(part), 0);
  return choice.provider.isPractice ? guess : Math.ceil(guess * MARGIN);
}

function toReturned(request: ModelRequest): JsonSchema | null {
  return request.returns ? toSchema(request.returns) : null;
}

async function call(priced: Priced, request: ModelRequest, io: CapabilityIo): Promise<CapabilityAnswer> {
  const choice = choose(priced, io.data === "practice" ? toPractice(priced, request.model) : request.model);
  const schema = toReturned(request);
  const maxTokens = toMaxTokens(request);
  const reply = await ask(choice, { request, schema, maxTokens }, io);
  const inputTokens = toInputTokens(choice, request);
  const usage = isSensible(reply.usage)
    ? (reply.usage ?? { inputTokens, outputTokens: estimateTokens(reply.text) })
    : { inputTokens, outputTokens: maxTokens };
  const costMicroUsd = toBilled(choice, usage, { asked: choose(priced, request.model), request });
  const tokens = usage.inputTokens + usage.outputTokens;
  try {
    checkFinished(reply, maxTokens);
    const object = schema === null ? null : parseStructured(reply.text, schema);
    const value = {
      text: reply.text,
      object,
      usage: { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens },
    };
    return { value, costMicroUsd, tokens, origin: choice.provider.isPractice ? "practice" : "live" };
  } catch (error) {
    // The vendor was paid for an answer that is of no use.
    io.charge(costMicroUsd, tokens);
    throw error;
  }
}

/** A real vendor's bill is what it is, beyond the hold too; one that stands in for it in practice is never dearer than what was held. */
function toBilled(
  choice: Choice,
  usage: ModelUsage,
  { asked, request }: { readonly asked: Choice; readonly request: ModelRequest },
): MicroUsd {
  const cost = toCost(choice.price, usage);
  return choice.id === asked.id ? cost : Math.min(cost, toUpper(asked, request));
}

/** Counts that cannot be are booked as the most that was held: less than nothing would make room in every budget. */
function isSensible(usage: ModelReply["usage"]): boolean {
  return (
    usage === null ||
    [usage.inputTokens, usage.outputTokens].every((count) => count >= 0 && Number.isSafeInteger(count))
  );
}

/** A practice model that was asked for by name stays the one. */
function toPractice(priced: Priced, name: string): string {
  return choose(priced, name).provider.isPractice ? name : priced.models.practice;
}

async function ask(
  choice: Choice,
  what: { request: ModelRequest; schema: JsonSchema | null; maxTokens: number },
  io: CapabilityIo,
): Promise<ModelReply> {
  const { request, schema, maxTokens } = what;
  try {
    return await choice.provider.call(
      { model: choice.model, messages: toMessages(request, schema), schema, maxTokens },
      io,
    );
  } catch (error) {
    if (error instanceof Fault && error.code === "model_unreadable") {
      io.charge(toUpper(choice, request), toInputTokens(choice, request) + maxTokens);
    }
    throw error;
  }
}

function checkFinished(reply: ModelReply, maxTokens: number): void {
  if (reply.finish === "length") {
    throw new Fault("model_length", "never", `the model's answer was cut at max_tokens: ${maxTokens}`);
  }
  if (reply.finish === "filtered")
    throw new Fault("model_filtered", "never", "the vendor's filter stopped the model's answer");
  if (reply.finish === "other")
    throw new Fault("model_unfinished", "never", "the model did not finish its answer");
  if (reply.text.trim() === "") throw new Fault("model_empty", "never", "the model answered nothing");
}
