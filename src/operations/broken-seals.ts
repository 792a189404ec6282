// What is noted of a sealed value that does not open: that somebody read it, and nothing that it holds.
import type { TelemetryEvent } from "../kernel/domain/event.ts";
import { toTenantId } from "../kernel/domain/id.ts";
import type { BrokenSeal } from "../kernel/domain/seal-broken.ts";
import { toIso } from "../kernel/domain/zone.ts";
import type { Platform } from "../kernel/ports/platform.ts";
import { noteRefusal } from "./audit.ts";
import { saveEvents } from "./loose-events.ts";

export function toBrokenEvent(
  platform: Pick<Platform, "clock">,
  requestId: string,
  { column, row, why }: BrokenSeal,
): TelemetryEvent {
  const timestamp = toIso(platform.clock.now());
  return { event: "seal_broken", request_id: requestId, timestamp, column, row, why };
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
  platform.background(saveEvents(platform, tenant, [{ id: `${requestId}:seal`, event }]));
}
