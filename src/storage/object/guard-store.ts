// A guard's state in its own SQLite: read once when the object starts, then written change by change.
import { invariant } from "../../kernel/domain/refusal.ts";
import type { GuardChange, GuardState } from "../../kernel/guard/state.ts";
import { applyChange, isDurable, newGuardState } from "../../kernel/guard/state.ts";
import type { Limits } from "../../kernel/ports/guard.ts";

const TABLES = `
  create table if not exists reservations (run_id text primary key, micro_usd integer not null, settled_micro_usd integer not null,
    deadline integer not null, expired integer not null);
  create table if not exists facts (name text primary key, value text not null);
`;

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

  /** The state already holds the changes; what they touched is written as it is now. */
  save(state: GuardState, changes: readonly GuardChange[]): void {
    for (const change of changes.filter(isDurable)) this.#saveOne(state, change);
  }

  #saveOne(state: GuardState, change: GuardChange): void {
    switch (change.change) {
      case "hold":
      case "expire": {
        const { microUsd, settledMicroUsd, deadline, expired } = change.hold;
        this.#sql.exec(
          "insert or replace into reservations values (?, ?, ?, ?, ?)",
          ...[change.runId, microUsd, settledMicroUsd, deadline, expired ? 1 : 0],
        );
        return;
      }
      case "release":
        this.#sql.exec("delete from reservations where run_id = ?", change.runId);
        return;
      case "spend":
        this.#write("spent_day", state.spentDayMicroUsd);
        this.#write("spent_month", state.spentMonthMicroUsd);
        // Without their ends a restart would not know which day and month these sums belong to.
        this.#write("day_ends_at", state.dayEndsAt);
        this.#write("month_ends_at", state.monthEndsAt);
        return;
      case "roll_day":
        this.#write("spent_day", 0);
        this.#write("day_ends_at", change.endsAt);
        return;
      case "roll_month":
        this.#write("spent_month", 0);
        this.#write("month_ends_at", change.endsAt);
        return;
      case "limits":
        this.#write("limits", change.limits);
        this.#write("epoch", state.epoch);
        return;
      case "registry":
        this.#write("registry_version", state.registryVersion);
        return;
      case "count":
        return;
    }
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
