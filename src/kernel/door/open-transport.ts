// The fetch that one effect is given: its connector's secrets, its stand-in data, its recording.
import type { Exchange } from "../domain/connector.ts";
import type { DoorFetch } from "../ports/capability.ts";
import type { Incoming, Outgoing } from "../ports/outbound.ts";
import type { DoorPorts, Passage } from "./passage.ts";
import { noteLeaving } from "./booking.ts";
import { findSecretKeys, maskSecrets, toMaskable } from "./mask.ts";
import { toSecretKeys } from "./own-secrets.ts";
import { findSaved, keepAnswer } from "./saved.ts";
import type { DoorSession } from "./session.ts";
import type { Transport } from "./transport.ts";
import { checkHop } from "./agreement.ts";
import { callTransport } from "./transport.ts";

/** Of one effect in all its attempts; one attempt is led on a few times at most. */
const MOST_HOPS = 20;

export async function openTransport(ports: DoorPorts, passage: Passage): Promise<DoorFetch> {
  const { session, connector, facts } = passage;
  const mocks = session.mocks?.get(connector?.name ?? "") ?? null;
  const isPractice = session.mocks !== null || session.data === "practice" || connector?.mode === "practice";
  const transport: Transport = {
    tenant: session.tenant,
    outbound: ports.outbound,
    connector,
    secrets: isPractice ? new Map() : await loadSecrets(ports, passage),
    // Read only when practice stands in: a live answer costs no look-up.
    standIn: async () => [...(mocks ?? []), ...(await loadPractice(ports, passage))],
    isPlan: session.dryRun,
    // A write is never "practised" behind the caller's back: away means away.
    canStandIn: connector?.practice !== undefined && facts.class === "read",
    mode: isPractice ? "practice" : "live",
    now: passage.startedAt,
    after: ports.clock.after,
    away: ports.away,
    calls: session.calls,
    permitHop: (request) => permitHop(passage, request),
    onSend: () => noteLeaving(passage),
    onAnswer: (origin, asOf) => {
      passage.origin = origin;
      passage.asOf = asOf;
    },
    findStale: async (request) => {
      const saved = facts.class === "read" ? await findSaved(ports, session.tenant, request) : null;
      passage.savedAt = saved?.at;
      return session.allowStale ? saved : null;
    },
    onExchange: async (request, answer) => {
      if (connector !== null)
        keepAnswer(ports, { tenant: session.tenant, now: passage.startedAt }, { request, answer });
      await record(ports, session, { request, answer });
    },
  };
  return (request) => callTransport(transport, withKey(passage, request));
}

/** Kept once it is let through: what is judged later knows of it. */
async function permitHop(passage: Passage, { method, url }: Outgoing): Promise<void> {
  const { session, capability, connector, facts, place } = passage;
  const target = url.host + url.pathname;
  checkHop(capability.toHopClass?.({ method, url }, connector) ?? "read", place.step, target);
  const hops = [...passage.hops.filter((one) => one !== target), target].slice(-MOST_HOPS);
  await session.permit.check({ class: facts.class, target: facts.target, step: place.step, hops });
  passage.hops = hops;
}

/** Targets that honour `Idempotency-Key` get the same one on every attempt. */
function withKey(passage: Passage, request: Outgoing): Outgoing {
  const { facts, place } = passage;
  if (facts.class === "read" || facts.resend !== "deduplicated") return request;
  return { ...request, headers: { ...request.headers, "idempotency-key": place.key } };
}

async function loadPractice(ports: DoorPorts, passage: Passage): Promise<readonly Exchange[]> {
  const name = passage.connector?.practice;
  if (name === undefined) return [];
  const fixture = await ports.documents.loadFixture(passage.session.tenant, name);
  return fixture?.exchanges ?? [];
}

async function loadSecrets(ports: DoorPorts, passage: Passage): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const key of passage.connector ? toSecretKeys(passage.connector) : []) {
    const value = await ports.secrets.load(passage.session.tenant, key);
    if (value !== null) found.set(key, value);
  }
  return found;
}

async function record(
  ports: DoorPorts,
  { recording, tenant }: DoorSession,
  { request, answer }: { request: Outgoing; answer: Incoming },
): Promise<void> {
  if (recording === null) return;
  // A fixture is a file that people pass on.
  const secrets = toMaskable(await ports.secrets.known(tenant));
  const { method, url } = request;
  recording.push({
    request: { method, path: url.pathname, query: toQuery(url) },
    response: {
      status: answer.status,
      headers: { "content-type": String(maskSecrets(answer.headers.get("content-type") ?? "", secrets)) },
      body: String(maskSecrets(new TextDecoder().decode(answer.bytes), secrets)),
    },
  });
}

/** Secrets are still references here: the fixture holds `secret:KEY`, never the value. */
function toQuery(url: URL): Record<string, string> {
  return Object.fromEntries([...url.searchParams].filter(([, value]) => findSecretKeys(value).length === 0));
}
