// The request that leaves. Secrets are still references here: the door puts them in, and only for the connector's own origin.
import type { Connector } from "../../kernel/domain/connector.ts";
import { Refused } from "../../kernel/domain/refusal.ts";
import type { Outgoing } from "../../kernel/ports/outbound.ts";
import type { HttpRequest } from "./request.ts";
import { toUrl } from "./request.ts";

/** Some public services turn away callers without a name. */
const USER_AGENT = "SkillOS/0.1";
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_VALUE = /^[\t\u0020-\u007e\u00a0-\u00ff]*$/;
/** A service that heeds these does something else than was planned, judged and agreed to. */
const OTHER_MEANING = new Set([
  "x-http-method",
  "x-http-method-override",
  "x-method-override",
  "x-original-url",
  "x-rewrite-url",
]);
const ACCEPT = {
  json: "application/json",
  xml: "application/xml, text/xml",
  rss: "application/rss+xml, application/atom+xml, application/xml, text/xml",
  csv: "text/csv, text/plain",
  article: "text/html",
  text: "*/*",
} as const;

export function toOutgoing(request: HttpRequest, connector: Connector | null): Outgoing {
  const url = toUrl(request, connector);
  const query = { ...connector?.query, ...request.query };
  if (Object.keys(query).length > 0) addQuery(url.searchParams, query);
  refuseOtherMeaning(request.headers ?? {});
  const headers = toHeaders({ ...connector?.headers }, request.headers ?? {});
  headers["accept"] ??= request.as ? ACCEPT[request.as] : "application/json, */*;q=0.8";
  headers["user-agent"] ??= USER_AGENT;
  const body = toBody(request, headers);
  return { method: request.method, url, headers, body };
}

/** The question mark and all behind it that a step says itself; what the connector adds to every request is not among it. */
export function toOwnSearch({ url, query }: HttpRequest): string {
  const [, said = ""] = /^[^?#]*\??([^#]*)/.exec(url) ?? [];
  const own = new URLSearchParams(said);
  addQuery(own, query ?? {});
  return own.size === 0 ? "" : `?${own.toString()}`;
}

/** Those of a connector are an administrator's word. */
function refuseOtherMeaning(headers: Readonly<Record<string, unknown>>): void {
  const name = Object.keys(headers).find((one) => OTHER_MEANING.has(one.toLowerCase()));
  if (name === undefined) return;
  throw new Refused({
    reason: "bad_request",
    message: {
      en: `The header "${name}" is not sent: it would make another method or address of the one that was planned.`,
      ru: `Заголовок «${name}» не отправляется: он подменил бы метод или адрес, которые были в плане.`,
    },
    mend: {
      en: "Write the method and the address themselves: `delete: /path`.",
      ru: "Напишите сам метод и адрес: `delete: /путь`.",
    },
  });
}

function toHeaders(
  first: Readonly<Record<string, unknown>>,
  then: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of [...Object.entries(first), ...Object.entries(then)]) {
    if (value === null || value === undefined) continue;
    const text = toText(value);
    // Node refuses other letters, workerd sends their bytes: the same step must mean the same everywhere.
    if (!HEADER_NAME.test(name) || !HEADER_VALUE.test(text)) {
      // The value may hold a secret's reference or a person's words: only the name is told.
      const message = {
        en: `The header "${name}" cannot be sent: only Latin letters, digits and signs fit in a header.`,
        ru: `Заголовок «${name}» не отправить: в нём могут быть только латинские буквы, цифры и знаки.`,
      };
      throw new Refused({ reason: "bad_request", message });
    }
    headers[name.toLowerCase()] = text;
  }
  return headers;
}

/** A list is the same name several times; what is null is left out. */
function addQuery(parameters: URLSearchParams, query: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(query)) {
    parameters.delete(name);
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== null && item !== undefined) parameters.append(name, toText(item));
    }
  }
}

/** Text as it is, anything else as JSON, or as a form where the content type says so. */
function toBody(request: HttpRequest, headers: Record<string, string>): string | null {
  const { body, method } = request;
  if (body === undefined || body === null) return null;
  if (method === "GET" || method === "HEAD") {
    throw new Refused({
      reason: "bad_request",
      message: { en: `A ${method} request cannot carry a body.`, ru: `У запроса ${method} не бывает тела.` },
      mend: { en: "Use `query`, or `post`.", ru: "Возьмите `query` или `post`." },
    });
  }
  if (typeof body === "string") {
    headers["content-type"] ??= "text/plain; charset=utf-8";
    return body;
  }
  if (headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
    const form = new URLSearchParams();
    addQuery(form, Object.fromEntries(Object.entries(body)));
    return form.toString();
  }
  headers["content-type"] ??= "application/json";
  return toJson(body);
}

function toJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? Number(item) : item)) ?? "";
}

/** Dates and amounts of expressions have their own JSON form; a text of JSON loses its quotes. */
function toText(value: unknown): string {
  if (typeof value !== "object") return String(value);
  const json = toJson(value);
  return json.startsWith('"') ? String(JSON.parse(json)) : json;
}
