// Tells those who may answer that a run waits for them: by the alarm, never on the way of an answer. The waiting run itself is
// the outbox: a crash loses no notice. One that may have left goes out once more at most, under the same id.
import { Fault } from "../domain/refusal.ts";
import type { RunRecord } from "../domain/run.ts";
import type { Clock } from "../ports/clock.ts";
import type { Journal } from "../ports/journal.ts";
import type { Notice, NoticeBook, Teller } from "../ports/notices.ts";
import { hasTimeLimit } from "../execution/decisions.ts";

const MAX_TRIES = 2;
const MAX_FAILURES = 8;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 60 * 60_000;

/** Stands for a run that nobody can be told of, so that it is not looked for again. */
const NOBODY = "";

export interface NoticePorts {
  readonly journal: Journal;
  readonly clock: Pick<Clock, "now">;
  readonly wake: (at: number) => void;
  readonly notices: { readonly book: NoticeBook; readonly teller: Teller };
  readonly report: (runId: string, cause: unknown) => void;
}

export async function tellOfApprovals(ports: NoticePorts): Promise<void> {
  const { journal, notices } = ports;
  const asked = journal.listLive().filter((run) => run.status === "waiting" && hasTimeLimit(run));
  notices.book.keepOnly(asked.map(({ id }) => id));
  for (const { id } of asked) {
    const run = journal.loadLive(id);
    // One question that cannot be told must not keep the next from being told.
    if (run) await tellOf(ports, run).catch((cause: unknown) => putOff(ports, run, cause));
  }
}

/** The database was away, say: nothing was tried, so nothing is counted. */
function putOff({ clock, wake, report }: NoticePorts, run: RunRecord, cause: unknown): void {
  report(run.id, cause);
  wake(clock.now() + FIRST_PAUSE_MS);
}

async function tellOf(ports: NoticePorts, run: RunRecord): Promise<void> {
  const { book, teller } = ports.notices;
  if (book.list(run.id).length === 0) {
    const users = await teller.listRecipients(run);
    for (const user of users.length === 0 ? [NOBODY] : users)
      book.save({ runId: run.id, user, tries: 0, failures: 0, isDone: user === NOBODY, dueAt: 0 });
  }
  for (const notice of book.list(run.id)) if (!notice.isDone) await tellOne(ports, run, notice);
}

async function tellOne(ports: NoticePorts, run: RunRecord, notice: Notice): Promise<void> {
  const { clock, wake, journal, notices, report } = ports;
  const now = clock.now();
  if (notice.dueAt > now) return wake(notice.dueAt);
  if (notice.tries >= MAX_TRIES || notice.failures >= MAX_FAILURES)
    return notices.book.save({ ...notice, isDone: true });
  // Answered while somebody else was being told.
  if (journal.loadLive(run.id)?.status !== "waiting") return;
  const tried = { ...notice, tries: notice.tries + 1, dueAt: now + toPause(notice) };
  notices.book.save(tried);
  // Should this process die on the way, the alarm that this asks for is what comes back to it.
  wake(tried.dueAt);
  try {
    await notices.teller.tell(run, notice.user);
    notices.book.save({ ...tried, isDone: true });
  } catch (cause) {
    report(run.id, cause);
    if (cause instanceof Fault && cause.code === "mail_refused")
      notices.book.save({ ...tried, tries: notice.tries, failures: notice.failures + 1 });
  }
}

function toPause({ tries, failures }: Notice): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries + failures));
}
