// What a tenant pays for a model: by its own contract, or where no table knows. It counts from the next plan on; a run under way
// keeps what it was planned with.
import { z } from "zod";
import { usdToMicroUsd } from "../../kernel/domain/money.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import { type BothLanguages, joinLanguages, toPlain } from "../../kernel/domain/text.ts";
import { findNearestName } from "../../kernel/language/nearest-name.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { defineOperation } from "../operation.ts";
import { noteAudit } from "../records/audit.ts";
import { Usd } from "./money-shapes.ts";

const MOST_PRICES = 100;

const ModelId = z.string().regex(
  /^[a-z0-9-]{1,40}\/[A-Za-z0-9._:@/-]{1,100}$/,
  joinLanguages({
    en: "A model is named by its vendor and itself, like openai/gpt-5-mini; `standard` and `cheap` are whatever the operator chose.",
    ru: "Модель называют вместе с поставщиком, например openai/gpt-5-mini; `standard` и `cheap` — это те, что выбрал оператор.",
  }),
);

export const modelPricePut = defineOperation({
  name: "model-price-put",
  summary:
    "Says what this tenant pays for a model, in US dollars per million tokens; it goes before the known price. Two nulls take it back. For long inputs it is as many times dearer as the known price is; a name that is nearly a known one gets a `hint`.",
  permission: "admin",
  http: "PUT /models/price",
  audited: "model.price",
  input: z
    .strictObject({
      model: ModelId,
      input_usd: Usd.max(10_000).nullable(),
      output_usd: Usd.max(10_000).nullable(),
    })
    .refine(
      ({ input_usd, output_usd }) => (input_usd === null) === (output_usd === null),
      joinLanguages({
        en: "Give both prices, or null for both.",
        ru: "Укажите обе цены или null для обеих.",
      }),
    ),
  async run(platform, call) {
    const { model, input_usd, output_usd } = call.input;
    const { tenant } = call.principal;
    const { prices = {} } = (await platform.loadFresh(tenant)).tenant;
    const refusal = findRefusal(platform, call.input, Object.keys(prices));
    if (refusal) return { refusal };
    const price =
      input_usd === null || output_usd === null
        ? null
        : { inputMicroUsd: usdToMicroUsd(input_usd), outputMicroUsd: usdToMicroUsd(output_usd) };
    const version = await platform.tenants.setPrice(tenant, model, price);
    await platform.guard.noteRegistry(tenant, version, false);
    const body = { model, input_usd, output_usd };
    noteAudit(platform, call, { action: "model.price", target: model, body });
    const own = price === null ? undefined : { [model]: price };
    const entry = platform.listModels(own).find(({ id }) => id === model);
    const likely = price === null ? null : platform.findLikelyModel(model);
    return {
      body: {
        ...body,
        known_usd_per_million_tokens: entry?.known_usd_per_million_tokens ?? null,
        long_input: entry?.long_input ?? null,
        ...(likely !== null && { hint: toPlain(toMeant(model, likely), call.locale) }),
      },
    };
  },
});

function toMeant(model: string, likely: string): BothLanguages {
  return {
    en: `Nobody knows a price of ${model}, but of ${likely}. If that was meant, take this one back: \`skillos models price ${model} --none\`.`,
    ru: `Цена ${model} никому не известна, а цена ${likely} известна. Если имелась в виду она, уберите эту: \`skillos models price ${model} --none\`.`,
  };
}

/** Of a name with a slip the price would stay, and seem taken back. */
function findNone(model: string, priced: readonly string[]): Refusal | null {
  if (priced.includes(model)) return null;
  const names = priced.join(", ");
  return {
    reason: "bad_request",
    field: "model",
    message: {
      en: `${model} has no price of yours. Nothing was changed.`,
      ru: `Своей цены у ${model} нет. Ничего не изменено.`,
    },
    mend:
      names === ""
        ? { en: "No model has one.", ru: "Её нет ни у одной модели." }
        : { en: `These have one: ${names}.`, ru: `Она есть у: ${names}.` },
  };
}

interface Priced {
  readonly model: string;
  readonly input_usd: number | null;
}

function findRefusal(
  platform: Platform,
  { model, input_usd }: Priced,
  priced: readonly string[],
): Refusal | null {
  if (input_usd === null) return findNone(model, priced);
  if (!platform.hasModel(model)) {
    const known = platform.listModels(undefined).map(({ id }) => id);
    const suggestion = findNearestName(model, known) ?? undefined;
    return { reason: "not_found", what: "model", id: model, suggestion };
  }
  if (priced.includes(model) || priced.length < MOST_PRICES) return null;
  return {
    reason: "bad_request",
    field: "model",
    message: {
      en: `${MOST_PRICES} models have a price of yours already. Nothing was changed.`,
      ru: `Своя цена уже задана у ${MOST_PRICES} моделей. Ничего не изменено.`,
    },
    mend: {
      en: "Take one back: `skillos models price MODEL --none`.",
      ru: "Уберите одну из них: `skillos models price МОДЕЛЬ --none`.",
    },
  };
}
