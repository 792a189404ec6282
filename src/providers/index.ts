// The list of model vendors. Adding one: its file, its test, its line here.
import type { Capability } from "../kernel/ports/capability.ts";
import type { ModelProvider } from "../kernel/ports/model.ts";
import { createMockProvider } from "./mock.ts";
import { createModelCapability } from "./model.ts";
import { findModelPrice, type PriceSettings } from "./model-price.ts";
import { createOpenAiCompatibleProvider } from "./openai-compatible.ts";

/** The part of the settings that models need, under the names of settings.ts. */
export interface ModelSettings extends PriceSettings {
  readonly SKILLOS_OPENAI_BASE_URL: string;
}

const PRACTICE_MODEL = "mock/script";

export const OPENAI_SECRET = "OPENAI_API_KEY";

export function createProviders({
  SKILLOS_OPENAI_BASE_URL: baseUrl,
}: ModelSettings): readonly ModelProvider[] {
  const openai = { name: "openai", baseUrl, key: `secret:${OPENAI_SECRET}` };
  return [createMockProvider(), createOpenAiCompatibleProvider(openai)];
}

export function createModels(settings: ModelSettings): Capability {
  const aliases = { standard: settings.SKILLOS_MODEL_STANDARD, cheap: settings.SKILLOS_MODEL_CHEAP };
  return createModelCapability({
    providers: createProviders(settings),
    findPrice: (id) => findModelPrice(settings, id),
    aliases,
    practice: PRACTICE_MODEL,
  });
}
