// The exit code of an answer. The numbers and which problem has which stand in channels/exit-codes.ts, for every channel.
import { EXIT_CODES, toExitCode } from "../exit-codes.ts";
import { type Json, toJson, toText } from "./json.ts";

const BY_HTTP_STATUS: Readonly<Record<number, number>> = {
  400: EXIT_CODES.usage,
  401: EXIT_CODES.forbidden,
  403: EXIT_CODES.forbidden,
  404: EXIT_CODES.notFound,
  409: EXIT_CODES.conflict,
  429: EXIT_CODES.later,
  503: EXIT_CODES.later,
};

const BY_RUN_STATUS: Readonly<Record<string, number>> = {
  failed: EXIT_CODES.failed,
  cancelled: EXIT_CODES.failed,
  waiting: EXIT_CODES.approval,
  needs_input: EXIT_CODES.asks,
  needs_choice: EXIT_CODES.asks,
  no_skill_found: EXIT_CODES.notFound,
};

/** Of a refusal before the start, of a failure after it, or of whatever state a run is in. */
export function toExitCodeOf(httpStatus: number, body: Json): number {
  if (httpStatus >= 400) return toExitCodeOfProblem(httpStatus, body);
  if (body["status"] === "failed" && body["problem"] !== undefined)
    return toExitCodeOfProblem(0, toJson(body["problem"]));
  return BY_RUN_STATUS[toText(body["status"])] ?? EXIT_CODES.ok;
}

function toExitCodeOfProblem(httpStatus: number, problem: Json): number {
  const code = toText(problem["code"]);
  return code === "" ? (BY_HTTP_STATUS[httpStatus] ?? EXIT_CODES.failed) : toExitCode(code);
}
