// Keeps the last good answer of each source, and gives it back where the caller accepts a stale one.
import { sha256 } from "../domain/hash.ts";
import type { TenantId } from "../domain/id.ts";
import type { SavedAnswers } from "../ports/saved-answers.ts";

/** A source that is asked every second is still kept only this often. */
const KEEP_EVERY_MS = 10 * 60_000;
const LARGEST_KEPT_BYTES = 1_048_576;
const MOST_REMEMBERED = 1_000;

export interface SavedPorts {
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
  ports.background(save(ports.saved, place, { key: toKey(request), response: response.clone() }));
}

async function save(
  saved: SavedAnswers,
  { tenant, now }: Place,
  what: { key: string; response: Response },
): Promise<void> {
  const body = new Uint8Array(await what.response.arrayBuffer());
  if (body.length > LARGEST_KEPT_BYTES) return;
  await saved.save(tenant, what.key, {
    at: now,
    contentType: what.response.headers.get("content-type") ?? "",
    body,
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
