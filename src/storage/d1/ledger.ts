// The ledger in D1: listed, summed, compared with the runs it belongs to, corrected. Nothing here changes a row that stands.
import type { BookedPart } from "../../kernel/domain/correction.ts";
import type { MicroUsd } from "../../kernel/domain/money.ts";
import type { RunId, TenantId } from "../../kernel/domain/id.ts";
import type { Payer, Spent } from "../../kernel/ports/guard.ts";
import {
  type Correction,
  CORRECTION_ACCOUNT,
  type EntryMismatch,
  type Ledger,
  type LedgerPlace,
  type ListedLine,
  OVERRUN_ACCOUNT,
  type RunMismatch,
  TENANT_ACCOUNT,
} from "../../kernel/ports/ledger.ts";
import { PAYER_COLUMNS } from "./runs.ts";

/** What is spent stands here with a minus. */
const SPENDING = `account in ('${TENANT_ACCOUNT}', '${OVERRUN_ACCOUNT}')`;
/** Entries are named `run id:…`; a colon comes just before a semicolon. */
const OF_RUN = "entry >= ?2 || ':' and entry < ?2 || ';'";
const IS_CORRECTION = "entry like '%:correction:%'";

/** A correction of several parts has an entry for each: `…:correction:id`, `…:correction:id/2`; a slash comes just before a nought. */
const CORRECTION = `select id, run_id as runId, right_micro_usd as rightMicroUsd, change_micro_usd as changeMicroUsd, because, user,
  at, made_at as madeAt, (select json_group_array(json_object('at', l.at, 'microUsd', -l.micro_usd)) from ledger l
    where l.tenant = c.tenant and l.entry >= c.run_id || ':correction:' || c.id and l.entry < c.run_id || ':correction:' || c.id || '0'
      and l.account = '${TENANT_ACCOUNT}') as parts
  from ledger_corrections c`;

export class D1Ledger implements Ledger {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async list(
    tenant: TenantId,
    filter: { from: number; until: number; after: LedgerPlace | null; limit: number },
  ): Promise<readonly ListedLine[]> {
    const { from, until, after, limit } = filter;
    const { results } = await this.#db
      .prepare(
        `select entry, account, micro_usd as microUsd, run_id as runId, at, rowid as seq from ledger
         where tenant = ?1 and at >= ?2 and at < ?3 and (at, rowid) > (?4, ?5) order by at, rowid limit ?6`,
      )
      .bind(tenant, from, until, after?.at ?? -1, after?.seq ?? -1, limit)
      .all<ListedLine>();
    return results;
  }

  async count(tenant: TenantId): Promise<{ entries: number; runs: number }> {
    const counted = await this.#db
      .prepare(
        `select (select count(distinct entry) from ledger where tenant = ?1) as entries,
           (select count(*) from runs where tenant = ?1) as runs`,
      )
      .bind(tenant)
      .first<{ entries: number; runs: number }>();
    return counted ?? { entries: 0, runs: 0 };
  }

  async findUnbalanced(tenant: TenantId, limit: number): Promise<readonly EntryMismatch[]> {
    const { results } = await this.#db
      .prepare(
        `select entry, min(run_id) as runId, sum(micro_usd) as sumMicroUsd from ledger
         where tenant = ? group by entry having sum(micro_usd) <> 0 order by entry limit ?`,
      )
      .bind(tenant, limit)
      .all<EntryMismatch>();
    return results;
  }

  /** Corrections are no cost of the run: they say that it was booked at a wrong price. */
  async findMismatches(tenant: TenantId, limit: number): Promise<readonly RunMismatch[]> {
    const { results } = await this.#db
      .prepare(
        `with booked as (select run_id, -sum(micro_usd) as amount from ledger
           where tenant = ?1 and ${SPENDING} and not ${IS_CORRECTION} group by run_id)
         select runs.id as runId, runs.cost_micro_usd as costMicroUsd, coalesce(booked.amount, 0) as bookedMicroUsd
         from runs left join booked on booked.run_id = runs.id
         where runs.tenant = ?1 and runs.cost_micro_usd <> coalesce(booked.amount, 0) order by runs.id limit ?2`,
      )
      .bind(tenant, limit)
      .all<RunMismatch>();
    return results;
  }

  async spent(tenant: TenantId, payer: Payer, since: { day: number; month: number }): Promise<Spent | null> {
    const at = payer.indexOf(":");
    const column = PAYER_COLUMNS[payer.slice(0, at)];
    const of = column === undefined ? "true" : toPaidBy(column);
    const found = await this.#db
      .prepare(
        `select coalesce(-sum(iif(${of}, l.micro_usd, 0)), 0) as month,
           coalesce(-sum(iif(${of} and l.at >= ?3, l.micro_usd, 0)), 0) as day,
           coalesce(sum(runs.id is null), 0) as unknown, ?4 as payer
         from ledger l left join runs on runs.tenant = l.tenant and runs.id = l.run_id
         where l.tenant = ?1 and l.at >= ?2 and l.${SPENDING}`,
      )
      .bind(tenant, since.month, since.day, payer.slice(at + 1))
      .first<{ month: number; day: number; unknown: number }>();
    if (found === null) return { spentDayMicroUsd: 0, spentMonthMicroUsd: 0 };
    if (column !== undefined && found.unknown > 0) return null;
    return { spentDayMicroUsd: found.day, spentMonthMicroUsd: found.month };
  }

  async booked(tenant: TenantId, runId: RunId): Promise<readonly BookedPart[]> {
    const { results } = await this.#db
      .prepare(
        `select at, coalesce(-sum(iif(${IS_CORRECTION}, 0, micro_usd)), 0) as wasMicroUsd, -sum(micro_usd) as bookedMicroUsd
         from ledger where tenant = ?1 and ${OF_RUN} and ${SPENDING} group by at`,
      )
      .bind(tenant, runId)
      .all<BookedPart>();
    return results;
  }

  async findCorrected(tenant: TenantId, runId: RunId): Promise<MicroUsd | null> {
    return this.#db
      .prepare(
        `select right_micro_usd as right from ledger_corrections where tenant = ? and run_id = ?
         order by made_at desc, rowid desc limit 1`,
      )
      .bind(tenant, runId)
      .first<MicroUsd>("right");
  }

  async findCorrection(tenant: TenantId, id: string): Promise<Correction | null> {
    const row = await this.#db
      .prepare(`${CORRECTION} where tenant = ? and id = ?`)
      .bind(tenant, id)
      .first<Omit<Correction, "parts"> & { parts: string }>();
    return row && { ...row, parts: JSON.parse(row.parts) };
  }

  async correct(tenant: TenantId, correction: Correction): Promise<Correction | null> {
    const { id, runId, rightMicroUsd, changeMicroUsd, because, user, at, madeAt, parts } = correction;
    // Two corrections at once must not both start from the same sum.
    const stand = this.#db
      .prepare(
        `insert or ignore into ledger_corrections
           (tenant, run_id, id, right_micro_usd, change_micro_usd, because, user, at, made_at)
         select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 where ?4 - ?5 =
           coalesce((select -sum(micro_usd) from ledger where tenant = ?1 and ${OF_RUN} and ${SPENDING}), 0)`,
      )
      .bind(tenant, runId, id, rightMicroUsd, changeMicroUsd, because, user, at, madeAt);
    const lines = this.#db
      .prepare(
        `insert or ignore into ledger (tenant, entry, account, micro_usd, run_id, at)
         select c.tenant, c.run_id || ':correction:' || c.id || iif(part.key = 0, '', '/' || (part.key + 1)), side.value->>'account',
           (side.value->>'sign') * (part.value->>'microUsd'), c.run_id, part.value->>'at'
         from ledger_corrections c, json_each(?3) as side, json_each(?4) as part
         where c.tenant = ?1 and c.id = ?2 and c.made_at = ?5 and c.change_micro_usd = ?6`,
      )
      .bind(tenant, id, JSON.stringify(SIDES), JSON.stringify(parts), madeAt, changeMicroUsd);
    await this.#db.batch([stand, lines]);
    return this.findCorrection(tenant, id);
  }
}

/** A skill pays for what may call it too, a key for what comes from it. */
function toPaidBy(column: string): string {
  if (column === PAYER_COLUMNS["skill"])
    return "(runs.skill = ?4 or exists (select 1 from json_each(runs.called) as one where one.value = ?4))";
  if (column !== PAYER_COLUMNS["key"]) return `runs.${column} = ?4`;
  return `runs.${column} in (select id from api_keys where tenant = ?1
    and (id = ?4 or exists (select 1 from json_each(line) as before where before.value = ?4)))`;
}

const SIDES = [
  { account: TENANT_ACCOUNT, sign: -1 },
  { account: CORRECTION_ACCOUNT, sign: 1 },
];
