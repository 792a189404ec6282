// Who is told of a question, and how far that has come. A runner keeps the book; what a notice is, is the teller's business.
import type { RunRecord } from "../domain/run.ts";

export interface Notice {
  readonly runId: string;
  readonly user: string;
  /** How often it may have gone out. Written before it is tried. */
  readonly tries: number;
  /** How often it surely did not. */
  readonly failures: number;
  readonly isDone: boolean;
  readonly dueAt: number;
}

/** Whom a mail asks, and where he answers. */
export interface MailAsking {
  readonly user: string;
  readonly address: string;
  /** Absolute; opening it changes nothing. */
  readonly link: string;
  readonly at: number;
}

/** Synchronous, as a runner's own rows are. */
export interface NoticeBook {
  list(runId: string): readonly Notice[];
  save(notice: Notice): void;
  /** Of runs that wait for nobody any more. */
  keepOnly(runIds: readonly string[]): void;
}

export interface Teller {
  /** Users who may answer and can be told. */
  listRecipients(run: RunRecord): Promise<readonly string[]>;
  /** Throws as a Mailer does. */
  tell(run: RunRecord, user: string): Promise<void>;
}
