// What an http step asks for, and where that is. Templates may still stand in it when a plan is made.
import { z } from "zod";
import type { Connector } from "../../kernel/domain/connector.ts";
import { toNormalPath, toNormalUrl } from "../../kernel/domain/normal-path.ts";
import { Refused } from "../../kernel/domain/refusal.ts";
import type { BothLanguages } from "../../kernel/domain/text.ts";

export const HttpRequest = z.object({
  method: z.string().transform((method) => method.toUpperCase()),
  url: z.string(),
  query: z.record(z.string(), z.unknown()).nullish(),
  headers: z.record(z.string(), z.unknown()).nullish(),
  body: z.unknown().optional(),
  as: z.enum(["json", "xml", "rss", "csv", "article", "text"]).nullish(),
  idempotency: z.enum(["header", "none"]).nullish(),
});
export type HttpRequest = z.infer<typeof HttpRequest>;

const ABSOLUTE = /^https?:\/\//i;
const TEMPLATE = /\$\{\{/;

export function parseHttpRequest(request: unknown): HttpRequest {
  const parsed = HttpRequest.safeParse(request);
  if (parsed.success) return parsed.data;
  throw new Refused({
    reason: "bad_request",
    message: {
      en: `This is not an HTTP request: ${z.prettifyError(parsed.error)}`,
      ru: `Это не запрос HTTP: ${z.prettifyError(parsed.error)}`,
    },
  });
}

export function isTemplate(text: string): boolean {
  return TEMPLATE.test(text);
}

/** The whole address without the query parts of connector and step. Throws when it leaves the connector's own origin. */
export function toUrl(request: HttpRequest, connector: Connector | null): URL {
  const base = connector?.baseUrl;
  const isAbsolute = ABSOLUTE.test(request.url);
  if (!isAbsolute && base === undefined) {
    throw new Refused({
      reason: "bad_request",
      message: { en: `"${request.url}" is not a whole address.`, ru: `«${request.url}» — не полный адрес.` },
      mend: toBaseMend(connector),
    });
  }
  const url = toNormalUrl(parseUrl(isAbsolute ? request.url : joinPath(base ?? "", request.url)));
  if (connector !== null && base !== undefined && url.origin !== toBase(connector)?.origin)
    throw new Refused({ reason: "address_forbidden", host: url.hostname });
  return url;
}

function toBaseMend(connector: Connector | null): BothLanguages {
  if (connector !== null)
    return {
      en: `Write it with https://, or give the connector ${connector.name} a base_url: skills/connectors/${connector.name}.yaml.`,
      ru: `Напишите его с https:// или дайте коннектору ${connector.name} base_url: skills/connectors/${connector.name}.yaml.`,
    };
  return {
    en: "Write it with https://, or add `connector: NAME` beside it; the base_url stands in skills/connectors/NAME.yaml.",
    ru: "Напишите его с https:// или добавьте рядом `connector: ИМЯ`; base_url стоит в skills/connectors/ИМЯ.yaml.",
  };
}

/** Parsed once per version of a connector: every request is compared with it. */
const bases = new WeakMap<Connector, URL>();

export function toBase(connector: Connector): URL | null {
  const known = bases.get(connector);
  if (known || connector.baseUrl === undefined) return known ?? null;
  const base = toNormalUrl(parseUrl(connector.baseUrl));
  bases.set(connector, base);
  return base;
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null)
    throw new Refused({
      reason: "bad_request",
      message: { en: `"${text}" is not an address.`, ru: `«${text}» — не адрес.` },
    });
  return url;
}

/** Joined as text: the path of the base address stays, and `//elsewhere` is a path of this host. */
function joinPath(base: string, path: string): string {
  const [, bare = base, query = ""] = /^([^?#]*)(.*)$/.exec(base) ?? [];
  const tail = path === "" || path.startsWith("/") || path.startsWith("?") ? path : `/${path}`;
  return tail === "" ? bare + query : bare.replace(/\/+$/, "") + tail;
}

/** Host and path of an address with expressions in it, for people and policies: without scheme, query or fragment. */
export function toTarget(template: string, connector: Connector | null): string {
  const base = connector?.baseUrl;
  const whole = ABSOLUTE.test(template) || base === undefined ? template : joinPath(base, template);
  return cutQuery(whole.replace(ABSOLUTE, ""));
}

/** A `?` inside an expression is not the start of a query. */
function cutQuery(text: string): string {
  const parts = text.split(/(\$\{\{.*?\}\})/s);
  const kept: string[] = [];
  for (const part of parts) {
    const isExpression = part.startsWith("${{");
    const cut = isExpression ? -1 : part.search(/[?#]/);
    kept.push(isExpression ? part : toNormalPath(cut === -1 ? part : part.slice(0, cut)));
    if (cut !== -1) break;
  }
  return kept.join("");
}
