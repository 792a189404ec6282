// Amounts of money as callers write them: no finer than what is counted, never below nothing.
import { z } from "zod";
import { joinLanguages } from "../../kernel/domain/text.ts";

/** What is finer cannot be counted: rounded to a limit of one micro-dollar or of none, it would mean something else. */
function toAmount(most: number, decimals: number) {
  const least = (10 ** -decimals).toFixed(decimals);
  return z
    .number()
    .nonnegative()
    .max(most)
    .refine(
      (amount) => Number(amount.toFixed(decimals)) === amount,
      joinLanguages({
        en: `an amount has ${decimals} decimals at most, like ${least}`,
        ru: `у суммы не больше ${decimals} знаков после запятой, как в ${least}`,
      }),
    );
}

export const Usd = toAmount(1_000_000, 6);
/** A credit is 10,000 micro-dollars. */
export const Credits = toAmount(100_000_000, 4);
