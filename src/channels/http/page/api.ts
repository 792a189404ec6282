// The page's way to the JSON operations: the same routes that programs call, in-process, with the caller's own authorization.
import type { ZodType } from "zod";
import type { Locale } from "../../../kernel/domain/text.ts";
import { describeInternal } from "../../refusals.ts";
import { Answer, Problem } from "./answer.ts";

export type CallApi = (request: Request) => Promise<Response>;

export type Outcome<Value> = { readonly value: Value } | { readonly problem: Problem };

export interface Api {
  readonly call: CallApi;
  /** The request of the browser: its origin and authorization are used, nothing else. */
  readonly from: Request;
  readonly locale: Locale;
}

export interface Sending<Value> {
  /** What the answer must look like. */
  readonly as: ZodType<Value>;
  readonly json?: unknown;
  readonly file?: File;
  readonly key?: string;
}

/** How long a person looks at a loading page before it should say "working". */
const WAIT_SECONDS = 10;

export async function send<Value>(api: Api, route: string, sending: Sending<Value>): Promise<Outcome<Value>> {
  const response = await api.call(toRequest(api, route, sending));
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) return { problem: toProblem(body, api) };
  const parsed = sending.as.safeParse(body);
  return parsed.success ? { value: parsed.data } : { problem: toProblem(null, api) };
}

export function sendRun(
  api: Api,
  json: Readonly<Record<string, unknown>>,
  key?: string,
): Promise<Outcome<Answer>> {
  return send(api, "POST /run", { as: Answer, json, ...(key === undefined ? {} : { key }) });
}

/** An answer that is no JSON of ours is a mistake of ours. */
function toProblem(body: unknown, api: Api): Problem {
  const parsed = Problem.safeParse(body);
  return parsed.success ? parsed.data : describeInternal(api.locale, "");
}

function toRequest(api: Api, route: string, { json, file, key }: Sending<unknown>): Request {
  const [method = "GET", path = "/"] = route.split(" ");
  const headers = new Headers({
    accept: "application/json",
    "accept-language": api.locale,
    prefer: `wait=${WAIT_SECONDS}`,
  });
  const authorization = api.from.headers.get("authorization");
  if (authorization !== null) headers.set("authorization", authorization);
  if (key !== undefined && key !== "") headers.set("idempotency-key", key);
  if (json !== undefined) headers.set("content-type", "application/json");
  if (file !== undefined)
    headers.set("content-type", file.type === "" ? "application/octet-stream" : file.type);
  const body = json === undefined ? (file ?? null) : JSON.stringify(json);
  return new Request(new URL(path, api.from.url), { method, headers, body });
}
