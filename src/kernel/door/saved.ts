// Keeps the last good answer of each source, and gives it back where the caller accepts a stale one.
import { toCanonicalJson } from "../domain/canonical.ts";
import { sha256 } from "../domain/hash.ts";
import type { TenantId } from "../domain/id.ts";
import type { Incoming, Outgoing } from "../ports/outbound.ts";
import { maskBytes, maskSecrets, toMaskable } from "./mask.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { SavedAnswers } from "../ports/saved-answers.ts";

/** A source that is asked every second is still kept only this often. */
const KEEP_EVERY_MS = 10 * 60_000;
const LARGEST_KEPT_BYTES = 1_048_576;
const MOST_REMEMBERED = 1_000;

export interface SavedPorts {
  readonly secrets: Secrets;
  readonly saved: SavedAnswers;
  /** When each request was kept last; shared by the runs of this isolate. */
  readonly kept: Map<string, number>;
  readonly background: (work: Promise<unknown>) => void;
}

interface Place {
  readonly tenant: TenantId;
  readonly now: number;
}

/** The request still holds references where its secrets go: the key says nothing of them. */
function toKey({ method, url, headers }: Outgoing): string {
  return sha256(toCanonicalJson([method, url.href, headers]));
}

export function keepAnswer(
  ports: SavedPorts,
  place: Place,
  { request, answer }: { request: Outgoing; answer: Incoming },
): void {
  if (request.method !== "GET" || answer.status !== 200) return;
  // Every answer passes here and few are kept: no hash before that is known.
  const mark = JSON.stringify([place.tenant, request.url.href, request.headers]);
  if (place.now - (ports.kept.get(mark) ?? 0) < KEEP_EVERY_MS) return;
  if (ports.kept.size >= MOST_REMEMBERED) ports.kept.clear();
  ports.kept.set(mark, place.now);
  if (answer.bytes.length > LARGEST_KEPT_BYTES) return;
  ports.background(save(ports, place, { key: toKey(request), answer }));
}

/** Services say secrets back; what is kept here outlives every run. */
async function save(
  { saved, secrets }: SavedPorts,
  { tenant, now }: Place,
  what: { key: string; answer: Incoming },
): Promise<void> {
  const maskable = toMaskable(await secrets.known(tenant));
  const contentType = maskSecrets(what.answer.headers.get("content-type") ?? "", maskable);
  const body = maskBytes(what.answer.bytes, maskable);
  await saved.save(tenant, what.key, { at: now, contentType: String(contentType), body });
}

export async function findSaved(
  ports: SavedPorts,
  tenant: TenantId,
  request: Outgoing,
): Promise<{ answer: Incoming; at: number } | null> {
  const saved = await ports.saved.load(tenant, toKey(request));
  if (saved === null) return null;
  const headers = new Headers({ "content-type": saved.contentType });
  return { answer: { status: 200, headers, bytes: saved.body }, at: saved.at };
}
