// The list of model vendors. Adding one: its file, its test, its line here.
import { microUsdToUsd, usdToMicroUsd } from "../kernel/domain/money.ts";
import type { Capability } from "../kernel/ports/capability.ts";
import type { ModelPrice } from "../kernel/ports/model.ts";
import { createMockProvider } from "./mock.ts";
import { createModelCapability } from "./model.ts";
import { createOpenAiCompatibleProvider } from "./openai-compatible.ts";
import { findPrice, PRICES_AS_OF } from "./prices.ts";

/** The part of the settings that models need, under the names of settings.ts. */
export interface ModelSettings {
  readonly SKILLOS_MODEL_STANDARD: string;
  readonly SKILLOS_MODEL_CHEAP: string;
  /** Micro-USD for a call of these models when their price is unknown. */
  readonly SKILLOS_MODEL_STANDARD_COST: number;
  readonly SKILLOS_MODEL_CHEAP_COST: number;
  readonly SKILLOS_MOCK_PRICE_USD_PER_MTOK: number;
  readonly SKILLOS_OPENAI_BASE_URL: string;
}

const PRACTICE_MODEL = "mock/script";
const MOCKS: Readonly<Record<string, string>> = {
  "mock/echo": "practice: answers with its last user message",
  "mock/script": "practice: canned answers",
};

export function createModels(settings: ModelSettings): Capability {
  const aliases = { standard: settings.SKILLOS_MODEL_STANDARD, cheap: settings.SKILLOS_MODEL_CHEAP };
  const openai = { name: "openai", baseUrl: settings.SKILLOS_OPENAI_BASE_URL, key: "secret:OPENAI_API_KEY" };
  return createModelCapability({
    providers: [createMockProvider(), createOpenAiCompatibleProvider(openai)],
    findPrice: (id) => findModelPrice(settings, id),
    aliases,
    practice: PRACTICE_MODEL,
  });
}

/** The table, then what the operator says of the two models it configured; any other model is refused unpriced. */
function findModelPrice(settings: ModelSettings, id: string): ModelPrice | null {
  if (id.startsWith("mock/")) {
    const microUsd = usdToMicroUsd(settings.SKILLOS_MOCK_PRICE_USD_PER_MTOK);
    return { inputMicroUsd: microUsd, outputMicroUsd: microUsd };
  }
  const known = findPrice(id.slice(id.indexOf("/") + 1));
  if (known) return known;
  if (id === settings.SKILLOS_MODEL_STANDARD) return toCallPrice(settings.SKILLOS_MODEL_STANDARD_COST);
  return id === settings.SKILLOS_MODEL_CHEAP ? toCallPrice(settings.SKILLOS_MODEL_CHEAP_COST) : null;
}

function toCallPrice(callMicroUsd: number): ModelPrice {
  return { inputMicroUsd: 0, outputMicroUsd: 0, callMicroUsd };
}

/** Whether a skill may name this model. */
export function isModel(settings: ModelSettings, name: string): boolean {
  if (name === "standard" || name === "cheap" || Object.hasOwn(MOCKS, name)) return true;
  return name.startsWith("openai/") && findModelPrice(settings, name) !== null;
}

/** The models that answer here, and how to get a real one. */
export function listModels(settings: ModelSettings): readonly Readonly<Record<string, unknown>>[] {
  const chosen = { standard: settings.SKILLOS_MODEL_STANDARD, cheap: settings.SKILLOS_MODEL_CHEAP };
  const ids = [...new Set([...Object.keys(MOCKS), ...Object.values(chosen)])];
  const rows = ids.map((id) => toModelRow(settings, id, chosen));
  if (ids.some((id) => id.startsWith("openai/"))) return rows;
  const needs = "set SKILLOS_OPENAI_API_KEY, and SKILLOS_MODEL_STANDARD to openai/<model>";
  return [...rows, { id: "openai/<model>", use: "", ready: false, note: needs }];
}

function toModelRow(settings: ModelSettings, id: string, chosen: Readonly<Record<string, string>>) {
  const price = findModelPrice(settings, id);
  const use = Object.keys(chosen).filter((name) => chosen[name] === id);
  const perCall =
    price?.callMicroUsd === undefined ? {} : { usd_per_call: microUsdToUsd(price.callMicroUsd) };
  return {
    id,
    use: use.join(", "),
    input_usd_per_mtok: price && price.callMicroUsd === undefined ? microUsdToUsd(price.inputMicroUsd) : null,
    output_usd_per_mtok:
      price && price.callMicroUsd === undefined ? microUsdToUsd(price.outputMicroUsd) : null,
    ...perCall,
    ready: isModel(settings, id),
    note: MOCKS[id] ?? `prices as of ${PRICES_AS_OF}`,
  };
}
