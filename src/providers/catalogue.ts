// Which models skills can name, for people and for `validate`.
import { microUsdToUsd } from "../kernel/domain/money.ts";
import type { ModelEntry, ModelPrice } from "../kernel/ports/model.ts";
import { createProviders, type ModelSettings, OPENAI_SECRET } from "./index.ts";

/** `findPrice`: what a model costs, by its id. */
export function listModels(
  settings: ModelSettings,
  findPrice: (id: string) => ModelPrice | null,
): readonly ModelEntry[] {
  const providers = createProviders(settings);
  const own = providers.flatMap(({ name, models }) => models.map((model) => `${name}/${model}`));
  const { SKILLOS_MODEL_STANDARD: standard, SKILLOS_MODEL_CHEAP: cheap } = settings;
  const named = [["standard", standard], ["cheap", cheap], ...own.map((id) => [id, id] as const)] as const;
  return named.map(([name, id]) => {
    const practice = providers.some((one) => one.isPractice && id.startsWith(`${one.name}/`));
    const secret = practice ? null : OPENAI_SECRET;
    return { name, id, usd_per_million_tokens: toTokenPrice(findPrice(id)), practice, secret };
  });
}

export function isModel(settings: ModelSettings, model: string): boolean {
  const isNamed = createProviders(settings).some(({ name }) => model.startsWith(`${name}/`));
  return isNamed || model === "standard" || model === "cheap";
}

/** Null too where a whole call has a price, whatever its length. */
function toTokenPrice(price: ModelPrice | null): ModelEntry["usd_per_million_tokens"] {
  if (price === null || price.callMicroUsd !== undefined) return null;
  return { input: microUsdToUsd(price.inputMicroUsd), output: microUsdToUsd(price.outputMicroUsd) };
}
