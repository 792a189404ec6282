// What an answer to a malformed request may be.
import type { RawAnswer } from "./raw-client.ts";

const MEMBERS = ["type", "code", "title", "detail", "fix", "request_id"];
const TRACE = /\n\s+at \S+ \(|\bat [\w.<>]+ \([^)]*\.(?:ts|js|mjs):\d+|node_modules|SQLITE_|internal error/;

/** Null: it is as it should be. Otherwise what is wrong with it, one sentence. */
export function judgeAnswer(method: string, { status, type, text }: RawAnswer): string | null {
  if (status === 0) return `no answer: ${text}`;
  if (status >= 500 && !isStopped(status, text)) return `${status} ${text.slice(0, 300)}`;
  if (TRACE.test(text)) return `${status} tells of our insides: ${text.slice(0, 300)}`;
  if (status < 400 || method === "HEAD") return null;
  if (!type.startsWith("application/problem+json")) return `${status} as "${type}": ${text.slice(0, 200)}`;
  return judgeProblem(status, text);
}

/** The kill switch is a route too, and whoever tries all of them presses it; and a service that was asked for nonsense is left alone. */
function isStopped(status: number, text: string): boolean {
  return status === 503 && /"code":"(?:paused|breaker_open)"/.test(text);
}

function judgeProblem(status: number, text: string): string | null {
  let problem: Record<string, unknown>;
  try {
    problem = JSON.parse(text) as Record<string, unknown>; // Looked at member by member below.
  } catch {
    return `${status} is no JSON: ${text.slice(0, 200)}`;
  }
  const missing = MEMBERS.filter((name) => typeof problem[name] !== "string" || problem[name] === "");
  if (missing.length > 0) return `${status} lacks ${missing.join(", ")}: ${text.slice(0, 300)}`;
  return problem["status"] === status ? null : `${status} says that it is ${String(problem["status"])}`;
}
