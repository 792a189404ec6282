// A guard's state in its own SQLite: read once when the object starts, then what changed is written.
import { invariant } from "../../kernel/domain/refusal.ts";
import type { GuardChange, GuardState, Hold } from "../../kernel/guard/state.ts";
import { applyChange, newAccount, newGuardState } from "../../kernel/guard/state.ts";
import type { Opening } from "../../kernel/guard/breaker.ts";
import type { Caps, Limits, Overrun, Pausable, Payer } from "../../kernel/ports/guard.ts";

const TABLES = `
  create table if not exists holds (run_id text primary key, micro_usd integer not null, settled_micro_usd integer not null,
    deadline integer not null, expired integer not null, payers text not null);
  create table if not exists accounts (payer text primary key, spent_day integer not null, spent_month integer not null, caps text);
  create table if not exists paused (payer text primary key);
  create table if not exists corrected (id text primary key);
  create table if not exists breakers (host text primary key, opening text not null);
  create table if not exists counts (n integer primary key, key text not null, at integer not null);
  create index if not exists counts_key on counts (key, n);
  create table if not exists facts (name text primary key, value text not null);
`;

const SUMS: readonly GuardChange["change"][] = ["spend", "roll_day", "roll_month", "caps", "limits"];
const SETTINGS: readonly GuardChange["change"][] = ["limits", "caps", "pause", "breaker", "registry"];

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
  readonly #isStrict: boolean;

  /** Strict: requests are counted on the disk too, so that a killed guard admits no more than a living one. */
  constructor(sql: SqlStorage, isStrict: boolean) {
    this.#sql = sql;
    this.#isStrict = isStrict;
    sql.exec(TABLES);
  }

  load(defaults: Limits, now: number): GuardState {
    const state = newGuardState(this.#read<Limits>("limits") ?? defaults, now);
    this.#loadAccounts(state);
    this.#loadRest(state);
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
    if (touched.has("overrun")) this.#write("overrun", state.overrun);
    if (touched.has("corrected") || touched.has("roll_month")) this.#saveCorrected(state);
    this.#saveBreakers(state, changes);
    if (this.#isStrict) this.#saveCounts(state, changes);
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
      state.paused.add(String(payer) as Pausable); // Written by this class alone.
  }

  #loadRest(state: GuardState): void {
    state.overrun = this.#read<Overrun | null>("overrun");
    for (const { id } of this.#sql.exec("select id from corrected")) state.corrected.add(String(id));
    for (const { host, opening } of this.#sql.exec("select host, opening from breakers"))
      state.breakers.set(String(host), { slices: [], opening: fromStored<Opening>(opening) });
    if (!this.#isStrict) return;
    for (const { key, at } of this.#sql.exec("select key, at from counts order by n")) {
      const times = state.windows.get(String(key));
      if (times) times.push(Number(at));
      else state.windows.set(String(key), [Number(at)]);
    }
  }

  /** Of one month: few, and seldom. */
  #saveCorrected(state: GuardState): void {
    this.#sql.exec("delete from corrected");
    for (const id of state.corrected) this.#sql.exec("insert into corrected values (?)", id);
  }

  /** Only that it is left alone: counts begin anew after a crash. */
  #saveBreakers(state: GuardState, changes: readonly GuardChange[]): void {
    const hosts = changes.flatMap((change) => (change.change === "breaker" ? change.host : []));
    for (const host of new Set(hosts)) {
      const opening = state.breakers.get(host)?.opening ?? null;
      if (opening === null) this.#sql.exec("delete from breakers where host = ?", host);
      else this.#sql.exec("insert or replace into breakers values (?, ?)", host, JSON.stringify(opening));
    }
  }

  /** Those that have left their window in memory leave the disk with the next one. */
  #saveCounts(state: GuardState, changes: readonly GuardChange[]): void {
    for (const change of changes) {
      if (change.change !== "count") continue;
      for (const key of change.keys) {
        this.#sql.exec("insert into counts (key, at) values (?, ?)", key, change.at);
        const oldest = state.windows.get(key)?.[0] ?? change.at;
        this.#sql.exec("delete from counts where key = ? and at < ?", key, oldest);
      }
    }
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
