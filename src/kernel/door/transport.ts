// One HTTP exchange on behalf of an effect: secrets in, addresses checked at every hop, practice data where the service
// is away, answers limited in size. It never decides whether the effect may happen.
import type { Connector, Exchange } from "../domain/connector.ts";
import type { Origin } from "../domain/effect.ts";
import { Fault, Refused } from "../domain/refusal.ts";
import type { TenantId } from "../domain/id.ts";
import { readWithin } from "../domain/read-within.ts";
import { toNormalUrl } from "../domain/normal-path.ts";
import type { Clock } from "../ports/clock.ts";
import type { CallWatch } from "./host-watch.ts";
import type { Incoming, Outbound, Outgoing } from "../ports/outbound.ts";
import { findAddressRefusal } from "./address.ts";
import { putSecretsIn, toOwnParts, toSecretKeys } from "./own-secrets.ts";
import { findExchange, toIncoming, withoutWildcards } from "./practice.ts";

const MAX_REDIRECTS = 5;
export const MAX_ANSWER_BYTES = 10 * 1024 * 1024;
/** A source with practice data is given this long before practice stands in. */
const PRACTICE_AFTER_MS = 2_000;
/** Hosts that did not answer are not tried again for this long while practice data can stand in. */
const AWAY_FOR_MS = 60_000;

export interface Transport {
  readonly tenant: TenantId;
  readonly outbound: Outbound;
  readonly connector: Connector | null;
  readonly secrets: ReadonlyMap<string, string>;
  /** Exchanges that answer instead of the network: mocks, then practice data. */
  readonly standIn: () => Promise<readonly Exchange[]>;
  readonly mode: "live" | "practice";
  readonly canStandIn: boolean;
  readonly isPlan: boolean;
  readonly now: number;
  readonly after: Clock["after"];
  readonly away: Map<string, number>;
  readonly calls: CallWatch;
  /** Throws where the run may not be led there: a redirect is judged like an address of its own. */
  readonly permitHop: (request: Outgoing) => Promise<void>;
  /** Called before a request leaves: from then on nobody can say that nothing was done. */
  readonly onSend: () => Promise<void>;
  /** `asOf` where the answer is not of now. */
  readonly onAnswer: (origin: Origin, asOf?: number) => void;
  /** The last good answer, where the caller accepts a stale one. */
  readonly findStale: (request: Outgoing) => Promise<{ answer: Incoming; at: number } | null>;
  readonly onExchange: (request: Outgoing, answer: Incoming) => Promise<void>;
}

export async function callTransport(transport: Transport, request: Outgoing): Promise<Incoming> {
  if (isStoodInFor(transport, request)) return practise(transport, request);
  const live = withSecrets(transport, request);
  try {
    const answer = await callWatched(transport, live);
    transport.onAnswer("live");
    await transport.onExchange(request, answer);
    return answer;
  } catch (error) {
    if (error instanceof Fault || (error instanceof Refused && !isLeftAlone(error))) throw error;
    const stale = await transport.findStale(request);
    if (stale) {
      transport.onAnswer("live", stale.at);
      return stale.answer;
    }
    const canPractise = await hasStandIn(transport, request);
    if (!canPractise && error instanceof Refused) throw error;
    if (!canPractise) throw new Fault("network", "later", toSentence(error), error);
    transport.away.set(toPlaceOf(transport, request), transport.now + AWAY_FOR_MS);
    return practise(transport, request);
  }
}

const isLeftAlone = ({ refusal }: Refused): boolean => refusal.reason === "breaker_open";
const TOO_MANY_REQUESTS = 429;

/** A no is an answer. Where practice data stands in, a service that is away is remembered apart, and sooner. */
async function callWatched(transport: Transport, request: Outgoing): Promise<Incoming> {
  const { calls, canStandIn } = transport;
  const { host } = request.url;
  const refusal = await calls.findRefusal(host, !canStandIn);
  if (refusal) throw new Refused(refusal);
  const end = canStandIn ? () => undefined : calls.begin(host);
  try {
    const answer = await callInTime(transport, request);
    end(answer.status >= 500 || answer.status === TOO_MANY_REQUESTS);
    return answer;
  } catch (error) {
    // What the door itself does not let pass says nothing of the service.
    if (!(error instanceof Refused)) end(!(error instanceof Fault));
    throw error;
  }
}

async function hasStandIn({ canStandIn, standIn }: Transport, { method, url }: Outgoing): Promise<boolean> {
  return canStandIn && findExchange(withoutWildcards(await standIn()), method, url) !== null;
}

function isStoodInFor(transport: Transport, request: Outgoing): boolean {
  if (transport.mode === "practice") return true;
  if (!transport.canStandIn) return false;
  const awayUntil = transport.away.get(toPlaceOf(transport, request)) ?? 0;
  return awayUntil > transport.now || (transport.isPlan && hasMissingSecret(transport, request));
}

/** What one tenant's host did not answer says nothing to another. */
function toPlaceOf({ tenant }: Transport, { url }: Outgoing): string {
  return `${tenant}/${url.host}`;
}

async function callInTime(transport: Transport, request: Outgoing): Promise<Incoming> {
  const timeoutMs = transport.canStandIn ? PRACTICE_AFTER_MS : (transport.connector?.timeoutMs ?? 10_000);
  const late = new AbortController();
  const callOff = transport.after(timeoutMs, () =>
    late.abort(new Error(`no answer within ${timeoutMs / 1000} s`)),
  );
  try {
    return await readWhole(await follow(transport, request, late.signal));
  } finally {
    // A timer that is left behind keeps a durable object in memory until it fires.
    callOff();
  }
}

async function practise(transport: Transport, { method, url }: Outgoing): Promise<Incoming> {
  const exchange = findExchange(await transport.standIn(), method, url);
  if (!exchange)
    throw new Fault("no_practice", "never", `no practice answer for ${method} ${url.host}${url.pathname}`);
  transport.onAnswer("practice");
  return toIncoming(exchange);
}

/** A plan may be made before a key is had: its reads are then practice data, and say so. */
function hasMissingSecret({ connector, secrets }: Transport, request: Outgoing): boolean {
  return connector !== null && toSecretKeys(toOwnParts(connector, request)).some((key) => !secrets.has(key));
}

/** Secrets are put in only where the request goes to the connector's own origin. */
function withSecrets({ connector, secrets }: Transport, request: Outgoing): Outgoing {
  if (connector === null) return request;
  const own = toOwnParts(connector, request);
  const keys = toSecretKeys(own);
  if (keys.length === 0) return request;
  const missing = keys.find((key) => !secrets.has(key));
  if (missing !== undefined) {
    throw new Refused({
      reason: "secret_missing",
      name: connector.name,
      connector: connector.title,
      key: missing,
      docs: connector.docs,
    });
  }
  const home = connector.baseUrl === undefined ? null : new URL(connector.baseUrl).origin;
  if (home !== request.url.origin)
    throw new Refused({ reason: "address_forbidden", host: request.url.hostname });
  return putSecretsIn(request, own, secrets);
}

/** Redirects are followed by hand: each hop is judged like the first, and credentials do not cross hosts. */
async function follow(transport: Transport, first: Outgoing, signal: AbortSignal): Promise<Response> {
  let request = first;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const refusal = findAddressRefusal(request.url, transport.outbound.privateHosts);
    if (refusal) throw new Refused(refusal);
    if (hop > 0) await transport.permitHop(request);
    await transport.onSend();
    const response = await transport.outbound.fetch(request, signal);
    if (response.status < 300 || response.status > 399) return response;
    const location = response.headers.get("location");
    if (location === null) return response;
    // A redirected write would be a second effect at an address that nobody approved.
    if (request.method !== "GET" && request.method !== "HEAD") return response;
    request = toNextHop(request, location);
  }
  throw new Fault("redirects", "never", `more than ${MAX_REDIRECTS} redirects`);
}

function toNextHop(from: Outgoing, location: string): Outgoing {
  const url = toNormalUrl(new URL(location, from.url));
  const headers = from.url.origin === url.origin ? from.headers : { accept: from.headers["accept"] ?? "*/*" };
  return { method: from.method, url, headers, body: null };
}

/** A body that ends early or never ends must not be taken for an answer, nor fill the memory. */
async function readWhole(response: Response): Promise<Incoming> {
  const { status, headers } = response;
  // workerd unpacks gzip and brotli and leaves both headers as they were: the length is then that of the packed answer.
  // Beside `transfer-encoding` a length means nothing (RFC 9112, 6.3).
  const isPlain = !headers.has("content-encoding") && !headers.has("transfer-encoding");
  const declared = isPlain ? headers.get("content-length") : null;
  // Most answers say how long they are, and HTTP holds them to it: read at once, a fifth of the time of a stream.
  if (declared !== null && Number(declared) <= MAX_ANSWER_BYTES)
    return { status, headers, bytes: new Uint8Array(await response.arrayBuffer()) };
  const bytes = response.body === null ? new Uint8Array() : await readWithin(response.body, MAX_ANSWER_BYTES);
  if (bytes === null)
    throw new Fault("too_large", "never", `the answer is larger than ${MAX_ANSWER_BYTES} bytes`);
  return { status, headers, bytes };
}

/** What workerd says of a name that leads nowhere and of a network that is away; its number is of no use to anybody. */
const RUNTIME_ERROR = /^internal error; reference = /;

function toSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return RUNTIME_ERROR.test(message) ? "no connection: is the name right, and the network there?" : message;
}
