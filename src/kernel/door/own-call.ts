// One exchange that the system makes by itself, outside of any run: through the same door, under the same rules of addresses, in a
// tenant's name. It takes no stand-in for the answer, and no hop of it goes in the clear.
import type { Connector } from "../domain/connector.ts";
import { Refused } from "../domain/refusal.ts";
import type { TenantId } from "../domain/id.ts";
import type { Clock } from "../ports/clock.ts";
import type { Incoming, Outbound, Outgoing } from "../ports/outbound.ts";
import { isPrivateException } from "./address.ts";
import { callTransport } from "./transport.ts";

export interface OwnPorts {
  readonly outbound: Outbound;
  readonly clock: Clock;
}

interface OwnCall {
  readonly tenant: TenantId;
  /** The service that its secrets belong to; null: none are sent. */
  readonly connector: Connector | null;
  readonly secrets: ReadonlyMap<string, string>;
}

export function callByItself(
  { outbound, clock }: OwnPorts,
  { tenant, connector, secrets }: OwnCall,
  request: Outgoing,
): Promise<Incoming> {
  return callTransport(
    {
      tenant,
      outbound: toTrusted(outbound),
      connector,
      secrets,
      standIn: async () => [],
      mode: "live",
      canStandIn: false,
      isPlan: false,
      now: clock.now(),
      after: clock.after,
      away: new Map(),
      // Whoever asks so waits by itself before it asks again.
      calls: { findRefusal: async () => null, begin: () => () => undefined },
      permitHop: async () => undefined,
      onSend: async () => undefined,
      onAnswer: () => undefined,
      findStale: async () => null,
      onExchange: async () => undefined,
    },
    request,
  );
}

/** Whoever stands between could put an answer of their own in, or read what is asked. */
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
