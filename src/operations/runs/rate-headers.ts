// How the windows stand that an answer was counted in, for its headers: https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
import type { RateView } from "../../kernel/ports/guard.ts";

const toSeconds = (ms: number): number => Math.max(0, Math.ceil(ms / 1000));

/** The tightest first, as they come. `q`: so many in `w` seconds; `r` are left, and in `t` seconds there is room for more. */
export function toRateHeaders(rates: readonly RateView[] = []): Readonly<Record<string, string>> {
  if (rates.length === 0) return {};
  return {
    "ratelimit-policy": rates
      .map(({ name, quota, windowMs }) => `"${name}";q=${quota};w=${toSeconds(windowMs)}`)
      .join(", "),
    ratelimit: rates
      .map(({ name, remaining, resetMs }) => `"${name}";r=${remaining};t=${toSeconds(resetMs)}`)
      .join(", "),
  };
}
