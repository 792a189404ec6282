// A guard's state in its own SQLite: read once when the object starts, then what changed is written.
import { invariant } from "../../kernel/domain/refusal.ts";
import type { GuardChange, GuardState, Hold } from "../../kernel/guard/state.ts";
import { applyChange, newGuardState } from "../../kernel/guard/state.ts";
import type { Limits } from "../../kernel/ports/guard.ts";

const TABLES = `
  create table if not exists reservations (run_id text primary key, micro_usd integer not null, settled_micro_usd integer not null,
    deadline integer not null, expired integer not null);
  create table if not exists facts (name text primary key, value text not null);
`;

const SUMS: readonly GuardChange["change"][] = ["spend", "roll_day", "roll_month"];

export class GuardStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(TABLES);
  }

  load(defaults: Limits, now: number): GuardState {
    const state = newGuardState(this.#read<Limits>("limits") ?? defaults, now);
    state.spentDayMicroUsd = this.#read<number>("spent_day") ?? 0;
    state.spentMonthMicroUsd = this.#read<number>("spent_month") ?? 0;
    state.dayEndsAt = this.#read<number>("day_ends_at") ?? state.dayEndsAt;
    state.monthEndsAt = this.#read<number>("month_ends_at") ?? state.monthEndsAt;
    state.registryVersion = this.#read<number>("registry_version") ?? 0;
    state.epoch = this.#read<number>("epoch") ?? 1;
    for (const row of this.#sql.exec("select * from reservations").toArray()) {
      const hold = {
        microUsd: Number(row["micro_usd"]),
        settledMicroUsd: Number(row["settled_micro_usd"]),
        deadline: Number(row["deadline"]),
        expired: row["expired"] === 1,
      };
      applyChange(state, { change: "hold", runId: String(row["run_id"]), hold });
    }
    return state;
  }

  /** The state holds these changes and no others that were not saved: what they touched is written as it is now, each once. */
  save(state: GuardState, changes: readonly GuardChange[]): void {
    for (const runId of new Set(changes.flatMap((change) => ("runId" in change ? change.runId : []))))
      this.#saveHold(runId, state.holds.get(runId));
    const touched = new Set(changes.map(({ change }) => change));
    if (SUMS.some((change) => touched.has(change))) {
      this.#write("spent_day", state.spentDayMicroUsd);
      this.#write("spent_month", state.spentMonthMicroUsd);
      // Without their ends a restart would not know which day and month these sums belong to.
      this.#write("day_ends_at", state.dayEndsAt);
      this.#write("month_ends_at", state.monthEndsAt);
    }
    if (touched.has("limits")) {
      this.#write("limits", state.limits);
      this.#write("epoch", state.epoch);
    }
    if (touched.has("registry")) this.#write("registry_version", state.registryVersion);
  }

  #saveHold(runId: string, hold: Hold | undefined): void {
    if (hold === undefined) this.#sql.exec("delete from reservations where run_id = ?", runId);
    else
      this.#sql.exec(
        "insert or replace into reservations values (?, ?, ?, ?, ?)",
        ...[runId, hold.microUsd, hold.settledMicroUsd, hold.deadline, hold.expired ? 1 : 0],
      );
  }

  #write(name: string, value: unknown): void {
    this.#sql.exec("insert or replace into facts values (?, ?)", name, JSON.stringify(value));
  }

  /** Written by this class alone. */
  #read<T>(name: string): T | null {
    const [row] = this.#sql.exec("select value from facts where name = ?", name).toArray();
    if (!row) return null;
    invariant(typeof row["value"] === "string", "a stored fact is text");
    return JSON.parse(row["value"]) as T;
  }
}
