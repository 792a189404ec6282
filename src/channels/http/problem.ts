// A refusal as an HTTP answer: RFC 9457 and the headers that belong to it. What it says stands in refusals.ts.
import type { Problem } from "../../kernel/ports/problem.ts";

/** Nobody knows when a run ends or a pause is taken back: a guess that does no harm. */
const AGAIN_MS: Readonly<Record<string, number>> = { too_many_running: 1_000, paused: 60_000 };

/** RFC 9457, with the headers that belong to some refusals. */
export function toProblemResponse(problem: Problem): Response {
  const headers = new Headers({ "content-type": "application/problem+json" });
  const retryAfterMs = problem["retry_after_ms"] ?? AGAIN_MS[problem.code];
  if (typeof retryAfterMs === "number") headers.set("retry-after", String(Math.ceil(retryAfterMs / 1000)));
  if (problem.status === 401) headers.set("www-authenticate", "Bearer");
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
