// Which models skills can name, for people and for `validate`.
import { microUsdToUsd } from "../kernel/domain/money.ts";
import type { ModelEntry } from "../kernel/ports/model.ts";
import type { ModelSettings } from "./index.ts";
import { findPrice, toMockPrice } from "./prices.ts";

export const OPENAI_SECRET = "OPENAI_API_KEY";
const PROVIDERS = ["mock", "openai"] as const;

export function listModels(settings: ModelSettings): readonly ModelEntry[] {
  return [
    toEntry(settings, "standard", settings.SKILLOS_MODEL_STANDARD),
    toEntry(settings, "cheap", settings.SKILLOS_MODEL_CHEAP),
    toEntry(settings, "mock/echo", "mock/echo"),
    toEntry(settings, "mock/script", "mock/script"),
    toEntry(settings, "mock/small", "mock/small"),
  ];
}

export function isModel(name: string): boolean {
  return (
    name === "standard" || name === "cheap" || PROVIDERS.some((provider) => name.startsWith(`${provider}/`))
  );
}

function toEntry(settings: ModelSettings, name: string, id: string): ModelEntry {
  const isPractice = id.startsWith("mock/");
  const price = isPractice
    ? toMockPrice(settings.SKILLOS_MOCK_PRICE_USD_PER_MTOK, id)
    : findPrice(id.slice(id.indexOf("/") + 1));
  const usd = price && {
    input: microUsdToUsd(price.inputMicroUsd),
    output: microUsdToUsd(price.outputMicroUsd),
  };
  return {
    name,
    id,
    usd_per_million_tokens: usd,
    practice: isPractice,
    secret: isPractice ? null : OPENAI_SECRET,
  };
}
