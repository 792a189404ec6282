// Which models skills can name, for people and for `validate`.
import { microUsdToUsd } from "../kernel/domain/money.ts";
import { findNearestName } from "../kernel/language/nearest-name.ts";
import { findOwnPrice, type OwnPrices } from "../kernel/domain/own-prices.ts";
import type { ModelEntry, ModelPrice } from "../kernel/ports/model.ts";
import { withLongInput } from "./cost.ts";
import { PRICED_MODELS } from "./prices.ts";
import { createProviders, type ModelSettings, OPENAI_SECRET } from "./index.ts";

/** `findPrice`: what a model costs, by its id. */
export function listModels(
  settings: ModelSettings,
  findPrice: (id: string) => ModelPrice | null,
  ownPrices: OwnPrices = {},
): readonly ModelEntry[] {
  const providers = createProviders(settings);
  const own = providers.flatMap(({ name, models }) => models.map((model) => `${name}/${model}`));
  const { SKILLOS_MODEL_STANDARD: standard, SKILLOS_MODEL_CHEAP: cheap } = settings;
  const ids = new Set([...own, ...Object.keys(ownPrices)]);
  const named = [
    ["standard", standard],
    ["cheap", cheap],
    ...[...ids].map((id) => [id, id] as const),
  ] as const;
  return named.map(([name, id]) => {
    const practice = providers.some((one) => one.isPractice && id.startsWith(`${one.name}/`));
    const secret = practice ? null : OPENAI_SECRET;
    const ownPrice = findOwnPrice(ownPrices, id);
    const known = findPrice(id);
    const price = ownPrice ? withLongInput(ownPrice, known) : known;
    const entry = { name, id, usd_per_million_tokens: toTokenPrice(price), long_input: toLongInput(price) };
    const known_usd_per_million_tokens = toTokenPrice(known);
    return { ...entry, own_price: ownPrice !== null, known_usd_per_million_tokens, practice, secret };
  });
}

export function isModel(settings: ModelSettings, model: string): boolean {
  const isNamed = createProviders(settings).some(({ name }) => model.startsWith(`${name}/`));
  return isNamed || model === "standard" || model === "cheap";
}

/** Null: the price of this one is known, or it is like none whose price is. */
export function findLikelyModel(id: string, known: ModelPrice | null): string | null {
  const at = id.indexOf("/") + 1;
  const name = known === null ? findNearestName(id.slice(at), PRICED_MODELS) : null;
  return name === null ? null : id.slice(0, at) + name;
}

function toLongInput(price: ModelPrice | null): ModelEntry["long_input"] {
  const usd = price?.long ? toTokenPrice(price.long) : null;
  return usd && price?.long ? { above_tokens: price.long.aboveTokens, ...usd } : null;
}

/** Null too where a whole call has a price, whatever its length. */
function toTokenPrice(price: ModelPrice | null): ModelEntry["usd_per_million_tokens"] {
  if (price === null || price.callMicroUsd !== undefined) return null;
  return { input: microUsdToUsd(price.inputMicroUsd), output: microUsdToUsd(price.outputMicroUsd) };
}
