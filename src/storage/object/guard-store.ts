// A guard's state in its own SQLite: read once when the object starts, then what changed is written.
import { invariant } from "../../kernel/domain/refusal.ts";
import type { GuardChange, GuardState, Hold } from "../../kernel/guard/state.ts";
import { applyChange, newAccount, newGuardState } from "../../kernel/guard/state.ts";
import type { Caps, Limits, Payer } from "../../kernel/ports/guard.ts";

const TABLES = `
  create table if not exists holds (run_id text primary key, micro_usd integer not null, settled_micro_usd integer not null,
    deadline integer not null, expired integer not null, payers text not null);
  create table if not exists accounts (payer text primary key, spent_day integer not null, spent_month integer not null, caps text);
  create table if not exists paused (payer text primary key);
  create table if not exists facts (name text primary key, value text not null);
`;

const SUMS: readonly GuardChange["change"][] = ["spend", "roll_day", "roll_month", "caps"];
const SETTINGS: readonly GuardChange["change"][] = ["limits", "caps", "pause", "registry"];

/** Written by this class alone, so the shape of what is read is the shape of what was written. */
function fromStored<T>(json: unknown): T {
  invariant(typeof json === "string", "what a guard stores is text");
  return JSON.parse(json) as T;
}

function toStored(caps: Caps | undefined): string | null {
  return caps === undefined ? null : JSON.stringify(caps);
}

export class GuardStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(TABLES);
  }

  load(defaults: Limits, now: number): GuardState {
    const state = newGuardState(this.#read<Limits>("limits") ?? defaults, now);
    this.#loadAccounts(state);
    state.dayEndsAt = this.#read<number>("day_ends_at") ?? state.dayEndsAt;
    state.monthEndsAt = this.#read<number>("month_ends_at") ?? state.monthEndsAt;
    state.registryVersion = this.#read<number>("registry_version") ?? 0;
    state.policiesVersion = this.#read<number>("policies_version") ?? 0;
    state.epoch = this.#read<number>("epoch") ?? 1;
    for (const row of this.#sql.exec("select * from holds").toArray()) {
      const hold = {
        microUsd: Number(row["micro_usd"]),
        settledMicroUsd: Number(row["settled_micro_usd"]),
        deadline: Number(row["deadline"]),
        expired: row["expired"] === 1,
        payers: fromStored<Payer[]>(row["payers"]),
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
      this.#saveAccounts(state, changes);
      // Without their ends a restart would not know which day and month these sums belong to.
      this.#write("day_ends_at", state.dayEndsAt);
      this.#write("month_ends_at", state.monthEndsAt);
    }
    if (touched.has("limits")) this.#write("limits", state.limits);
    if (touched.has("pause")) {
      this.#sql.exec("delete from paused");
      for (const payer of state.paused) this.#sql.exec("insert into paused values (?)", payer);
    }
    if (SETTINGS.some((change) => touched.has(change))) this.#write("epoch", state.epoch);
    if (touched.has("registry")) {
      this.#write("registry_version", state.registryVersion);
      this.#write("policies_version", state.policiesVersion);
    }
  }

  #saveHold(runId: string, hold: Hold | undefined): void {
    if (hold === undefined) this.#sql.exec("delete from holds where run_id = ?", runId);
    else
      this.#sql.exec(
        "insert or replace into holds values (?, ?, ?, ?, ?, ?)",
        ...[runId, hold.microUsd, hold.settledMicroUsd, hold.deadline, hold.expired ? 1 : 0],
        JSON.stringify(hold.payers),
      );
  }

  #loadAccounts(state: GuardState): void {
    for (const { payer, spent_day, spent_month, caps } of this.#sql.exec("select * from accounts")) {
      const name = String(payer) as Payer; // Written by this class alone.
      const spent = { spentDayMicroUsd: Number(spent_day), spentMonthMicroUsd: Number(spent_month) };
      state.accounts.set(name, { ...newAccount(), ...spent });
      if (caps !== null) state.caps.set(name, fromStored<Caps>(caps));
    }
    for (const { payer } of this.#sql.exec("select payer from paused"))
      state.paused.add(String(payer) as Payer); // Written by this class alone.
  }

  /** A payment touches the accounts of its payers; a new day or month all of them. */
  #saveAccounts(state: GuardState, changes: readonly GuardChange[]): void {
    const isAll = changes.some(({ change }) => change === "roll_day" || change === "roll_month");
    const touched = changes.flatMap((change) =>
      change.change === "spend" ? change.payers : change.change === "caps" ? [change.payer] : [],
    );
    for (const payer of new Set(isAll ? [...state.accounts.keys(), ...touched] : touched)) {
      const account = state.accounts.get(payer);
      if (account === undefined) this.#sql.exec("delete from accounts where payer = ?", payer);
      else
        this.#sql.exec(
          "insert or replace into accounts values (?, ?, ?, ?)",
          ...[payer, account.spentDayMicroUsd, account.spentMonthMicroUsd],
          toStored(state.caps.get(payer)),
        );
    }
  }

  #write(name: string, value: unknown): void {
    this.#sql.exec("insert or replace into facts values (?, ?)", name, JSON.stringify(value));
  }

  #read<T>(name: string): T | null {
    const [row] = this.#sql.exec("select value from facts where name = ?", name).toArray();
    return row ? fromStored<T>(row["value"]) : null;
  }
}
