// How the steps of a sentence that asks for several things are told, by a run and by the router alike.
import type { Offer } from "../../kernel/domain/offer.ts";
import { type Locale, toPlain } from "../../kernel/domain/text.ts";

export function toOfferBody(offer: Offer | undefined, locale: Locale): Readonly<Record<string, unknown>> {
  if (offer === undefined) return {};
  const steps = offer.steps.map(({ description, ...step }) => ({
    ...step,
    ...(description === null ? {} : { description: toPlain(description, locale) }),
  }));
  return { steps, ...(offer.pipeline === null ? {} : { pipeline: offer.pipeline }) };
}
