// How long the answer of a model may be for what is left: the smaller request that would fit.
import type { MicroUsd } from "./money.ts";
import type { Refusal } from "./refusal.ts";

/** What a call costs at most, by the length of its answer. In millionths of a micro-dollar, because that is how tokens are priced. */
export interface AnswerPrice {
  readonly maxTokens: number;
  /** All but the answer. */
  readonly rest: number;
  readonly perToken: number;
}

const MILLION = 1_000_000;

/** Undefined where no shorter answer would do. */
export function toLargestAnswer(price: AnswerPrice, roomMicroUsd: MicroUsd): number | undefined {
  if (price.perToken <= 0) return undefined;
  const tokens = Math.floor((roomMicroUsd * MILLION - price.rest) / price.perToken);
  return tokens >= 1 && tokens < price.maxTokens ? tokens : undefined;
}

export function toAnswerUpper({ maxTokens, rest, perToken }: AnswerPrice): MicroUsd {
  return Math.ceil((rest + maxTokens * perToken) / MILLION);
}

interface Asked {
  /** All that it asked for, and what of it the model call is. */
  readonly wantedMicroUsd: MicroUsd;
  /** What it holds already. */
  readonly reservedMicroUsd: MicroUsd;
  readonly answer: AnswerPrice | undefined;
  readonly cheaperMicroUsd: MicroUsd | undefined;
}

/** The guard knows amounts; what would make the request smaller is known to whoever asked. */
export function withSmaller(refusal: Refusal, asked: Asked): Refusal {
  if (refusal.reason !== "budget_exceeded") return refusal;
  const { wantedMicroUsd, reservedMicroUsd, answer, cheaperMicroUsd } = asked;
  const left = refusal.remainingMicroUsd + reservedMicroUsd;
  const most = refusal.scope === "request" ? Math.min(refusal.limitMicroUsd, left) : left;
  // A tenant that wants to be refused early keeps something back.
  const room = most - Math.max(0, refusal.neededMicroUsd - wantedMicroUsd);
  const others = answer === undefined ? 0 : wantedMicroUsd - toAnswerUpper(answer);
  const largestMaxTokens = answer && toLargestAnswer(answer, room - others);
  return {
    ...refusal,
    ...(cheaperMicroUsd !== undefined && { cheaperMicroUsd }),
    ...(largestMaxTokens !== undefined && { largestMaxTokens }),
  };
}
