// A link by which one person answers one question without a key: made here, for the mail and for whoever asks for his own.
import { sha256 } from "../domain/hash.ts";
import { APPROVAL_PATH } from "../domain/id.ts";
import type { Role } from "../domain/principal.ts";
import type { RunRecord } from "../domain/run.ts";
import { toExpiry } from "../domain/run.ts";
import type { ApprovalLinks } from "../ports/approval-links.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ids } from "../ports/ids.ts";

export interface LinkPorts {
  readonly approvalLinks: ApprovalLinks;
  readonly ids: Pick<Ids, "secret">;
  readonly clock: Pick<Clock, "now">;
}

interface Holder {
  readonly id: string;
  readonly role: Role;
  readonly keyId: string | null;
  /** Beside his own, those that it comes into. */
  readonly hands: readonly string[];
}

/** The path, whose last part is the token. It is told once and stored nowhere. */
export async function makeApprovalLink(
  { approvalLinks, ids, clock }: LinkPorts,
  run: RunRecord,
  { id, role, keyId, hands }: Holder,
): Promise<string> {
  const token = ids.secret();
  await approvalLinks.add({
    hash: sha256(token),
    tenant: run.order.principal.tenant,
    runId: run.id,
    user: id,
    role,
    keyId,
    hands,
    manifest: toShownHash(run),
    createdAt: clock.now(),
    expiresAt: toExpiry(run),
    usedAt: null,
  });
  return `${APPROVAL_PATH}${token}`;
}

/** Of what whoever opens the link is shown. */
export function toShownHash({ manifest, order }: Pick<RunRecord, "manifest" | "order">): string {
  return manifest?.hash ?? order.plan.hash;
}
