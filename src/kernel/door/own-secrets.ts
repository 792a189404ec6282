// Where secrets go: into the headers and query values that a connector's own file writes, and nowhere else. What a skill, an
// input, a page or a model says of `secret:KEY` is text: whoever writes there could have any secret sent where it is read.
import type { Connector } from "../domain/connector.ts";
import type { Outgoing } from "../ports/outbound.ts";
import { findSecretKeys, injectSecrets } from "./mask.ts";

type Parts = Pick<Connector, "headers" | "query">;

/** The keys that they name: those of a connector's file, or those that a request asks for. */
export function toSecretKeys({ headers, query }: Parts): string[] {
  return [...Object.values(headers), ...Object.values(query)].flatMap(findSecretKeys);
}

/** What its file says there, where that still stands in the request: what a step put there instead is the step's. */
export function toOwnParts(connector: Parts, { headers, url }: Outgoing): Parts {
  const hasKey = ([, value]: readonly [string, string]): boolean => findSecretKeys(value).length > 0;
  const inHeaders = Object.entries(connector.headers)
    .filter(hasKey)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name, value]) => headers[name] === value);
  const inQuery = Object.entries(connector.query)
    .filter(hasKey)
    .filter(([name, value]) => url.searchParams.getAll(name).includes(value));
  return { headers: Object.fromEntries(inHeaders), query: Object.fromEntries(inQuery) };
}

export function putSecretsIn(request: Outgoing, own: Parts, secrets: ReadonlyMap<string, string>): Outgoing {
  const headers = { ...request.headers };
  for (const [name, value] of Object.entries(own.headers)) headers[name] = injectSecrets(value, secrets);
  if (Object.keys(own.query).length === 0) return { ...request, headers };
  const url = new URL(request.url);
  const query = [...url.searchParams].map(([name, value]): [string, string] => [
    name,
    own.query[name] === value ? injectSecrets(value, secrets) : value,
  ]);
  url.search = new URLSearchParams(query).toString();
  return { ...request, url, headers };
}
