// The list of model vendors. Adding one: its file, its test, its line here.
import type { Capability } from "../kernel/ports/capability.ts";
import { createMockProvider } from "./mock.ts";
import { createModelCapability } from "./model.ts";
import { findModelPrice } from "./model-price.ts";
import { createOpenAiCompatibleProvider } from "./openai-compatible.ts";

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
