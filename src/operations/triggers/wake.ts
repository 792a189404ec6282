// What the queue and the minute tick set going. Neither holds anything that a row does not: both may come twice or never.
import { z } from "zod";
import { TenantIdShape } from "../../kernel/domain/id-shapes.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { tickSchedules } from "./schedule-tick.ts";
import { sweepExpired } from "../system/sweep.ts";
import { buryDelivery, startDelivery, sweepDeliveries } from "./webhook-deliver.ts";

export const WakeUp = z.discriminatedUnion("wake", [
  z.object({ wake: z.literal("delivery"), tenant: TenantIdShape, webhook: z.string(), eventId: z.string() }),
  z.object({ wake: z.literal("shard"), tenant: TenantIdShape, shard: z.number().int().nonnegative() }),
]);
/** A wake-up, never the truth: what it names is stored before the message is sent. */
export type WakeUp = z.infer<typeof WakeUp>;

/** Throws when it should be delivered again. */
export async function handleWakeUp(platform: Platform, body: unknown): Promise<void> {
  const message = WakeUp.parse(body);
  if (message.wake === "delivery") await startDelivery(platform, message);
  else await platform.runners.wake(message.tenant, message.shard);
}

/** A message that failed every time: what it named becomes a visible failure. False: nothing can be read from it. */
export async function handleDeadLetter(platform: Platform, body: unknown): Promise<boolean> {
  const message = WakeUp.safeParse(body);
  if (!message.success) return false;
  if (message.data.wake === "delivery") await buryDelivery(platform, message.data);
  return true;
}

/** A shard that has been open this long may have lost its alarm; one that works is only told what it knows. */
const ALARM_LATE_MS = 30_000;

async function wakeShards(platform: Platform, now: number): Promise<void> {
  const open = await platform.archive.listOpen(now - ALARM_LATE_MS);
  await Promise.all(open.map(({ tenant, shard }) => platform.runners.wake(tenant, shard)));
}

/** Each part on its own: a schedule that breaks does not stop the sweep. */
export async function runMinuteTick(platform: Platform): Promise<readonly unknown[]> {
  const now = platform.clock.now();
  const parts = await Promise.allSettled([
    tickSchedules(platform, { tenant: null, now, waitMs: 0 }),
    sweepDeliveries(platform),
    wakeShards(platform, now),
    sweepExpired(platform, now),
  ]);
  return parts.flatMap((part): unknown[] => (part.status === "rejected" ? [part.reason] : []));
}
