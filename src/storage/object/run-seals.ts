// How a runner seals what it keeps of runs: of unfinished ones each row for itself, of those that ended the record as it will
// stand in the database, so that a drain carries it there unopened.
import type { RunId, TenantId } from "../../kernel/domain/id.ts";
import type { RunRecord } from "../../kernel/domain/run.ts";
import { toBareRecord, toStored } from "../../kernel/execution/run-size.ts";
import type { StoredAnswer } from "../../kernel/ports/journal.ts";
import { type Place, placeOfQuery, placeOfRecord, type Vault } from "../../kernel/ports/vault.ts";

export interface Sealing {
  readonly tenant: TenantId;
  readonly vault: Vault;
  /** An unfinished run does not open. */
  readonly report: (runId: RunId, cause: unknown) => void;
}

export class RunSeals {
  readonly report: Sealing["report"];
  readonly #tenant: TenantId;
  readonly #vault: Vault;

  constructor({ tenant, vault, report }: Sealing) {
    this.#tenant = tenant;
    this.#vault = vault;
    this.report = report;
  }

  ready(): Promise<void> | null {
    return this.#vault.ready(this.#tenant);
  }

  /** Of the row that is the run's `nth`, so that rows of one run are not exchanged either. */
  sealRow(runId: RunId, nth: number, row: unknown): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new TextEncoder().encode(JSON.stringify(row));
    return this.#vault.sealBytes(this.#placeOf("entries.sealed", `${runId}/${nth}`), bytes);
  }

  openRow(runId: RunId, nth: number, sealed: unknown): string {
    return this.#vault.openNow(this.#placeOf("entries.sealed", `${runId}/${nth}`), sealed);
  }

  /** Without its events, which stand beside it. */
  sealEnd(run: RunRecord): Promise<string> {
    return this.#vault.seal(placeOfRecord(this.#tenant, run.id), toStored({ ...run, events: [] }));
  }

  sealBare(run: RunRecord, note: string): Promise<string> {
    const bare = { ...toBareRecord(run, note), events: [] };
    return this.#vault.seal(placeOfRecord(this.#tenant, run.id), JSON.stringify(bare));
  }

  openEnd(runId: RunId, sealed: unknown): string {
    return this.#vault.openNow(placeOfRecord(this.#tenant, runId), sealed);
  }

  async sealQuery({ id, order: { query } }: RunRecord): Promise<string | null> {
    return query === null ? null : this.#vault.seal(placeOfQuery(this.#tenant, id), query);
  }

  async sealAnswer(runId: RunId, answer: StoredAnswer): Promise<StoredAnswer> {
    return { ...answer, body: await this.#vault.seal(this.#placeOf("keys.body", runId), answer.body) };
  }

  openAnswer(runId: RunId, body: unknown): string {
    return this.#vault.openNow(this.#placeOf("keys.body", runId), body);
  }

  sealReply(key: string, reply: string): Promise<string> {
    return this.#vault.seal(this.#placeOf("replies.reply", key), reply);
  }

  openReply(key: string, sealed: unknown): string {
    return this.#vault.openNow(this.#placeOf("replies.reply", key), sealed);
  }

  #placeOf(column: string, row: string): Place {
    return { tenant: this.#tenant, column, row };
  }
}
