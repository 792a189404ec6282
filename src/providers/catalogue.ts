// Which models skills can name, for people and for `validate`.
import { microUsdToUsd } from "../kernel/domain/money.ts";
import { createProviders, type ModelSettings } from "./index.ts";
import { findModelPrice } from "./model-price.ts";

export interface ModelEntry {
  readonly name: string;
  readonly id: string;
  /** Null: unknown, so a call is priced by the operator's setting or refused. */
  readonly usd_per_million_tokens: { readonly input: number; readonly output: number } | null;
  readonly practice: boolean;
}

export function listModels(settings: ModelSettings): readonly ModelEntry[] {
  const providers = createProviders(settings);
  const own = providers.flatMap(({ name, models }) => models.map((model) => `${name}/${model}`));
  const { SKILLOS_MODEL_STANDARD: standard, SKILLOS_MODEL_CHEAP: cheap } = settings;
  const named = [["standard", standard], ["cheap", cheap], ...own.map((id) => [id, id] as const)] as const;
  return named.map(([name, id]) => {
    const isPractice = providers.some((one) => one.isPractice && id.startsWith(`${one.name}/`));
    return { name, id, usd_per_million_tokens: findTokenPrice(settings, id), practice: isPractice };
  });
}

export function isModel(settings: ModelSettings, model: string): boolean {
  const isNamed = createProviders(settings).some(({ name }) => model.startsWith(`${name}/`));
  return isNamed || model === "standard" || model === "cheap";
}

/** Null too where a whole call has a price, whatever its length. */
function findTokenPrice(settings: ModelSettings, id: string): ModelEntry["usd_per_million_tokens"] {
  const price = findModelPrice(settings, id);
  if (price === null || price.callMicroUsd !== undefined) return null;
  return { input: microUsdToUsd(price.inputMicroUsd), output: microUsdToUsd(price.outputMicroUsd) };
}
