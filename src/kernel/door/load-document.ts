// What the system itself reads outside of any run, such as an identity provider's keys: through the same door, under the
// same rules of addresses, in a tenant's name. It sends no secret and takes no stand-in for the answer.
import { Fault, Refused } from "../domain/refusal.ts";
import type { TenantId } from "../domain/id.ts";
import type { Clock } from "../ports/clock.ts";
import type { Outbound } from "../ports/outbound.ts";
import { isPrivateException } from "./address.ts";
import { callTransport } from "./transport.ts";

/** A key set or a manifest; whoever sends more sends something else. */
const MAX_BYTES = 256 * 1024;

interface Wanted {
  readonly tenant: TenantId;
  readonly url: string;
}

export async function loadDocument(
  { outbound, clock }: { outbound: Outbound; clock: Clock },
  { tenant, url }: Wanted,
): Promise<unknown> {
  const answer = await callTransport(
    {
      tenant,
      outbound: toTrusted(outbound),
      connector: null,
      secrets: new Map(),
      standIn: async () => [],
      mode: "live",
      canStandIn: false,
      isPlan: false,
      now: clock.now(),
      after: clock.after,
      away: new Map(),
      // Whoever reads a document waits by itself before it asks again.
      calls: { findRefusal: async () => null, begin: () => () => undefined },
      permitHop: async () => undefined,
      onSend: async () => undefined,
      onAnswer: () => undefined,
      findStale: async () => null,
      onExchange: async () => undefined,
    },
    { method: "GET", url: new URL(url), headers: { accept: "application/json" }, body: null },
  );
  if (answer.status !== 200) throw new Fault("document", "later", `${url} answered ${answer.status}`);
  if (answer.bytes.byteLength > MAX_BYTES) throw new Fault("document", "later", `${url} is too large`);
  try {
    return JSON.parse(new TextDecoder().decode(answer.bytes));
  } catch (error) {
    throw new Fault("document", "later", `${url} is no JSON`, error);
  }
}

/** Whoever stands between could put keys of their own in: no hop goes in the clear, redirects included. */
function toTrusted(outbound: Outbound): Outbound {
  return {
    ...outbound,
    fetch: (request, signal) => {
      const { url } = request;
      if (url.protocol !== "https:" && !isPrivateException(url, outbound.privateHosts))
        throw new Refused({ reason: "address_forbidden", host: url.hostname });
      return outbound.fetch(request, signal);
    },
  };
}
