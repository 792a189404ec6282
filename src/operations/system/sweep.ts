// Nothing grows for ever: what is past its time goes, a bounded piece with every tick. Runners forget their keys themselves.
import type { Platform } from "../../kernel/ports/platform.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Money and decisions. */
const BOOKS_MS = 7 * 366 * DAY_MS;
/** The minute of each hour in which tables are looked through. Not the first: there, everybody's hourly schedules run. */
const RECORDS_MINUTE = 7;

export async function sweepExpired(platform: Platform, now: number): Promise<void> {
  const horizons = {
    contents: now - platform.limits.retentionMs,
    books: now - BOOKS_MS,
    eventIds: now - platform.webhooks.eventTtlMs,
  };
  await platform.retention.sweepLogs(horizons);
  if (Math.floor(now / MINUTE_MS) % 60 !== RECORDS_MINUTE) return;
  await platform.retention.sweepRecords(horizons);
  await platform.audit.forget(horizons.books);
  await platform.approvalLinks.forget(horizons.contents);
  await platform.fileSweep.dropOldAnswers(horizons.contents);
  const old = await platform.fileSweep.listOld(horizons.contents);
  await platform.fileSweep.drop(await platform.retention.dropFiles(old));
}
