// Keeps the last good answer of each source, and gives it back where the caller accepts a stale one.
import { sha256 } from "../domain/hash.ts";
import type { TenantId } from "../domain/id.ts";
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
function toKey(request: Request): string {
  return sha256(`${request.method}\n${request.url}`);
}

export function keepAnswer(
  ports: SavedPorts,
  place: Place,
  { request, response }: { request: Request; response: Response },
): void {
  if (request.method !== "GET" || response.status !== 200) return;
  const mark = `${place.tenant}/${request.url}`;
  if (place.now - (ports.kept.get(mark) ?? 0) < KEEP_EVERY_MS) return;
  if (ports.kept.size >= MOST_REMEMBERED) ports.kept.clear();
  ports.kept.set(mark, place.now);
  ports.background(save(ports, place, { key: toKey(request), response: response.clone() }));
}

/** Services say secrets back; what is kept here outlives every run. */
async function save(
  { saved, secrets }: SavedPorts,
  { tenant, now }: Place,
  what: { key: string; response: Response },
): Promise<void> {
  const body = new Uint8Array(await what.response.arrayBuffer());
  if (body.length > LARGEST_KEPT_BYTES) return;
  const maskable = toMaskable(await secrets.known(tenant));
  const contentType = maskSecrets(what.response.headers.get("content-type") ?? "", maskable);
  await saved.save(tenant, what.key, {
    at: now,
    contentType: String(contentType),
    body: maskBytes(body, maskable),
  });
}

export async function findSaved(
  ports: SavedPorts,
  tenant: TenantId,
  request: Request,
): Promise<{ response: Response; at: number } | null> {
  const answer = await ports.saved.load(tenant, toKey(request));
  if (answer === null) return null;
  return {
    response: new Response(answer.body, { headers: { "content-type": answer.contentType } }),
    at: answer.at,
  };
}
