// A refusal as an HTTP answer: RFC 9457 and the headers that belong to it. What it says stands in refusals.ts.
import type { Problem } from "../../kernel/ports/problem.ts";

/** RFC 9457, with the headers that belong to some refusals. */
export function toProblemResponse(problem: Problem): Response {
  const headers = new Headers({ "content-type": "application/problem+json" });
  const retryAfterMs = problem["retry_after_ms"];
  if (typeof retryAfterMs === "number") headers.set("retry-after", String(Math.ceil(retryAfterMs / 1000)));
  if (problem.code === "rate_limited")
    headers.set("ratelimit", `"default";r=0;t=${headers.get("retry-after") ?? "1"}`);
  if (problem.status === 401) headers.set("www-authenticate", "Bearer");
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
