// Telemetry of things that are no run. The id makes a repeat stand once.
import type { TelemetryEvent } from "../../kernel/domain/event.ts";
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Platform } from "../../kernel/ports/platform.ts";

export interface LooseEvent {
  readonly id: string;
  readonly runId?: string | null;
  readonly event: TelemetryEvent;
}

export async function saveEvents(
  platform: Platform,
  tenant: TenantId,
  events: readonly LooseEvent[],
): Promise<void> {
  const rows = events.map(({ id, runId, event }) => ({
    id,
    runId: runId ?? null,
    at: Date.parse(event.timestamp),
    event,
  }));
  await platform.archive.save(tenant, { runs: [], events: rows, ledger: [] });
}
