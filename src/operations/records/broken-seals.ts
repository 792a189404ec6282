// What is noted of a sealed value that does not open: that somebody read it, and nothing that it holds.
import type { TelemetryEvent } from "../../kernel/domain/event.ts";
import { toTenantId } from "../../kernel/domain/id.ts";
import type { BrokenSeal, Listed } from "../../kernel/domain/seal-broken.ts";
import { toIso } from "../../kernel/domain/zone.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { noteRefusal } from "./audit.ts";
import { saveEvents } from "./loose-events.ts";
import type { Call } from "../operation.ts";

export function toBrokenEvent(
  platform: Pick<Platform, "clock">,
  requestId: string,
  { column, row, why }: BrokenSeal,
): TelemetryEvent {
  const timestamp = toIso(platform.clock.now());
  return { event: "seal_broken", request_id: requestId, timestamp, column, row, why };
}

/** Of rows of a list: noted as a read of each of them would be. Answers the events of the reply. */
export function noteBrokenRows(
  platform: Platform,
  { principal, requestId }: Pick<Call<unknown>, "principal" | "requestId">,
  { target, rows }: { readonly target: string; readonly rows: readonly Listed<unknown>[] },
): { readonly events: readonly TelemetryEvent[] } {
  const broken = rows.flatMap((row) => row.broken ?? []);
  for (const refusal of broken) noteRefusal(platform, principal, { target, refusal });
  return { events: broken.map((one) => toBrokenEvent(platform, requestId, one)) };
}

/** What is shown of such a row, beside what stands in clear. */
export function toSealed({ broken }: Listed<unknown>): { readonly sealed?: "broken" } {
  return broken === undefined ? {} : { sealed: "broken" };
}

/** Where no operation was asked: by a delivery, say. */
export function noteBrokenSeal(
  platform: Platform,
  broken: BrokenSeal,
  { requestId, path }: { readonly requestId: string; readonly path: string },
): void {
  const tenant = toTenantId(broken.tenant);
  noteRefusal(platform, { tenant, user: "" }, { target: path, refusal: broken });
  const event = toBrokenEvent(platform, requestId, broken);
  platform.background(
    saveEvents(platform, tenant, [{ id: `${requestId}:seal:${broken.column}:${broken.row}`, event }]),
  );
}
