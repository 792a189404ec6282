// A runner's book of notices: one row a person and question, written before the notice is tried.
import type { Notice, NoticeBook } from "../../kernel/ports/notices.ts";

const TABLE = `
  create table if not exists notices (run_id text not null, user text not null, tries integer not null, failures integer not null,
    is_done integer not null, due_at integer not null, primary key (run_id, user)) without rowid;
`;

export class NoticeRows implements NoticeBook {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(TABLE);
  }

  list(runId: string): readonly Notice[] {
    return [...this.#sql.exec("select * from notices where run_id = ? order by user", runId)].map((row) => ({
      runId,
      user: String(row["user"]),
      tries: Number(row["tries"]),
      failures: Number(row["failures"]),
      isDone: row["is_done"] === 1,
      dueAt: Number(row["due_at"]),
    }));
  }

  save({ runId, user, tries, failures, isDone, dueAt }: Notice): void {
    this.#sql.exec(
      "insert or replace into notices values (?, ?, ?, ?, ?, ?)",
      ...[runId, user, tries, failures, isDone ? 1 : 0, dueAt],
    );
  }

  keepOnly(runIds: readonly string[]): void {
    this.#sql.exec(
      "delete from notices where run_id not in (select value from json_each(?))",
      JSON.stringify(runIds),
    );
  }
}
