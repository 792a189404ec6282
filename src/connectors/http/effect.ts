// What a request means before it is sent: read, write or delete, by its method; narrower only where the connector says so.
import type { Connector, EffectRule } from "../../kernel/domain/connector.ts";
import type { EffectClass, EffectFacts } from "../../kernel/domain/effect.ts";
import { toStrictest } from "../../kernel/domain/effect.ts";
import type { Outgoing } from "../../kernel/ports/outbound.ts";
import type { HttpRequest } from "./request.ts";
import { isTemplate, toBase, toTarget, toUrl } from "./request.ts";

const BY_METHOD: Readonly<Record<string, EffectClass>> = { GET: "read", HEAD: "read", DELETE: "delete" };

export function toFacts(request: HttpRequest, connector: Connector | null): EffectFacts {
  const url = isTemplate(request.url) ? null : toUrl(request, connector);
  return {
    class: toClass(request, connector, url),
    target: url === null ? toTarget(request.url, connector) : url.host + url.pathname,
    resend: isDeduplicated(request, connector) ? "deduplicated" : "never",
    upperMicroUsd: connector?.pricePerCallMicroUsd ?? 0,
    host: url?.host ?? toKnownHost(request.url, connector),
  };
}

/** Of a path that is not known yet, as far as its beginning or the connector tells. */
function toKnownHost(template: string, connector: Connector | null): string | undefined {
  const own = /^https?:\/\/([^/${}]+)\//i.exec(template)?.[1];
  if (own !== undefined || connector === null || /^(?:https?:|\$\{\{)/i.test(template)) return own;
  return toBase(connector)?.host;
}

/** The connector knows its service; only without one may the step vouch for the target. */
function isDeduplicated(request: HttpRequest, connector: Connector | null): boolean {
  return (connector === null ? request.idempotency : connector.idempotency) === "header";
}

/** Encoded once or again. */
const HIDDEN_SLASH = /%(?:25)*(?:2f|5c)/i;

function toClass(request: HttpRequest, connector: Connector | null, url: URL | null): EffectClass {
  const byMethod = BY_METHOD[request.method] ?? "write";
  if (connector === null) return byMethod;
  const rules = toRules(request, connector);
  // A path that is not known yet may turn out to be any that begins like it: no rule vouches for it, each of those may
  // forbid it. A `..` in a value leads out of them; then the door finds that it means more than was planned.
  if (url === null) {
    const possible = rules.filter(({ path }) => mayBecome(request.url, path));
    return toStrictest([byMethod, ...possible.map(({ effect }) => effect)]);
  }
  return toClassAt({ method: request.method, url }, connector);
}

/** Where a redirect leads: the rules are of the connector's own host, however it is reached. */
export function toHopClass(
  { method, url }: Pick<Outgoing, "method" | "url">,
  connector: Connector | null,
): EffectClass {
  const isOwn = connector !== null && toBase(connector)?.hostname === url.hostname;
  return isOwn ? toClassAt({ method, url }, connector) : (BY_METHOD[method] ?? "write");
}

function toRules({ method }: Pick<HttpRequest, "method">, { effects }: Connector): readonly EffectRule[] {
  return effects.filter((each) => each.method.toUpperCase() === method);
}

function toClassAt(request: Pick<Outgoing, "method" | "url">, connector: Connector): EffectClass {
  const byMethod = BY_METHOD[request.method] ?? "write";
  const rules = toRules(request, connector);
  const path = toOwnPath(request.url, connector);
  // Whether `%2f` parts two segments is for the service to say: like a path that is not known yet.
  if (path !== null && HIDDEN_SLASH.test(path))
    return toStrictest([byMethod, ...rules.map(({ effect }) => effect)]);
  return rules.find((each) => isUnder(path, each.path))?.effect ?? byMethod;
}

/** The path under the base address, as the URL parser resolved it: `/search/../orders` is `/orders`. */
function toOwnPath(url: URL, connector: Connector): string | null {
  const base = toBase(connector)?.pathname.replace(/\/+$/, "") ?? "";
  if (url.pathname !== base && !url.pathname.startsWith(`${base}/`)) return null;
  return url.pathname.slice(base.length) || "/";
}

function mayBecome(template: string, path: string): boolean {
  const known = template.slice(0, template.indexOf("${{"));
  const hasScheme = /^https?:/i.test(known);
  return hasScheme || known.startsWith(path) || path.startsWith(known);
}

/** Whole segments: a rule for `/search` says nothing of `/search-and-delete`. */
function isUnder(path: string | null, prefix: string): boolean {
  if (path === null) return false;
  const bare = prefix.replace(/\/+$/, "");
  return path === bare || path.startsWith(`${bare}/`);
}
