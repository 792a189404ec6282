// Ports whose other side is a Durable Object: stubs by name, faults of the platform told apart from its own code's.
import type { Env } from "../env.ts";
import type { RunId, TenantId } from "../kernel/domain/id.ts";
import { toShard } from "../kernel/domain/id.ts";
import { invariant, type Refusal } from "../kernel/domain/refusal.ts";
import type { RunRecord } from "../kernel/domain/run.ts";
import type { Archive } from "../kernel/ports/archive.ts";
import type { AuditTrail, Chain } from "../kernel/ports/audit.ts";
import type { AdmissionAnswer, BudgetView, Guard, Standing } from "../kernel/ports/guard.ts";
import type { Replies, ReplyClaim } from "../kernel/ports/replies.ts";
import type { PersonsWord, RunnerReply, Runners } from "../kernel/ports/runners.ts";
import type { Imported, SqlAnswer, SqlRefusal, TenantStore } from "../kernel/ports/tenant-store.ts";
import type { AuditOrder } from "../storage/object/audit-book.ts";
import { reach } from "../storage/object/reach.ts";
import type { ReplyOrder } from "../storage/object/reply-keys.ts";

/** Object stubs speak the port's own methods: the classes in durable-objects/ implement them one to one. */
export function toGuard(env: Env): Guard {
  const of = (tenant: TenantId) => env.GUARD.getByName(tenant);
  const guard = <T>(call: () => Promise<T>) => reach("the guard", call);
  return {
    admit: (tenant, admission) => guard<AdmissionAnswer>(() => of(tenant).admit(admission)),
    extend: (tenant, asked) => guard<Refusal | null>(() => of(tenant).extend(asked)),
    renew: (tenant, runIds) => guard<readonly string[]>(() => of(tenant).renew(runIds)),
    tryCall: (tenant, call) => guard<Refusal | null>(() => of(tenant).tryCall(call)),
    settle: (tenant, settlements, calls = []) => guard<void>(() => of(tenant).settle(settlements, calls)),
    budget: (tenant) => guard<BudgetView>(() => of(tenant).budget()),
    change: (tenant, order) => guard<BudgetView>(() => of(tenant).change(order)),
    standing: (tenant) => guard<Standing>(() => of(tenant).standing()),
    noteRegistry: (tenant, version, isOfPolicies) =>
      guard<void>(() => of(tenant).noteRegistry(version, isOfPolicies)),
  };
}

/** The guard too: the one object of a tenant in which notes have an order. */
export function toAuditTrail(env: Env): AuditTrail {
  const of = (tenant: TenantId) => env.GUARD.getByName(tenant);
  const guard = <T>(call: () => Promise<T>) => reach("the guard", call);
  const send = (tenant: TenantId, order: AuditOrder) =>
    guard<void>(() => of(tenant).audit(JSON.stringify(order)));
  return {
    note: (tenant, entries) => send(tenant, { order: "note", entries }),
    begin: (tenant, entry) => send(tenant, { order: "begin", entry }),
    end: (tenant, begun, entries) => send(tenant, { order: "end", begun, entries }),
    noteRefusal: (tenant, refused) => send(tenant, { order: "note_refusal", refused }),
    chain: (tenant) => guard<Chain>(() => of(tenant).auditChain()),
    erase: (tenant) => send(tenant, { order: "erase" }),
    forget: (tenant, before) => send(tenant, { order: "forget", before }),
  };
}

export function toStore(env: Env, name: string): TenantStore {
  // A stub of its own for each call: one that broke stays broken, and whoever tries again would meet it.
  const stub = () => env.STORE.getByName(name);
  const store = <T>(call: () => Promise<T>) => reach("the store", call);
  return {
    run: (statement, key, agreed) => store<SqlAnswer | SqlRefusal>(() => stub().run(statement, key, agreed)),
    preview: (statement) =>
      store<Awaited<ReturnType<TenantStore["preview"]>>>(() => stub().preview(statement)),
    importTable: (table, rows, origin) =>
      store<Imported | SqlRefusal>(() => stub().importTable(table, rows, origin)),
    dropTable: (table) => store<boolean>(() => stub().dropTable(table)),
    tables: () => store(() => stub().tables()),
    columns: (table) => store(() => stub().columns(table)),
    clear: () => store<void>(() => stub().clear()),
  };
}

/** A key is a hash: whoever asks under it again meets the same runner. */
function toKeyShard(key: string, shards: number): number {
  return Number.parseInt(key.slice(0, 8), 16) % shards;
}

/** The runner of a key keeps the answer, whatever was asked for under it. */
export function toReplies(env: Env, { shards }: { shards: number }): Replies {
  const take = (tenant: TenantId, order: ReplyOrder) =>
    reach("the runner", async (): Promise<ReplyClaim | null> => {
      const runner = env.RUNNER.getByName(`${tenant}/${toKeyShard(order.key, shards)}`);
      return runner.reply(JSON.stringify(order));
    });
  return {
    claim: async (tenant, request) => {
      const claim = await take(tenant, { order: "claim", ...request });
      invariant(claim, "a claim is answered");
      return claim;
    },
    end: async (tenant, ended) => void (await take(tenant, { order: "end", ...ended })),
  };
}

/** `tenant/shard` names a runner; a keyed run lives where its key hashes to, any other in the next one. */
let nextShard = 0;

export function toRunners(env: Env, { shards, archive }: { shards: number; archive: Archive }): Runners {
  const of = (tenant: TenantId, shard: number) => env.RUNNER.getByName(`${tenant}/${shard}`);
  const runner = <T>(call: () => Promise<T>) => reach("the runner", call);
  const parse = (json: string) => JSON.parse(json) as RunRecord | null; // Written by the runner from a run.
  /** Null: nobody ever used this shard. To look into it would make it. */
  const find = async (tenant: TenantId, runId: RunId) => {
    const shard = toShard(runId);
    return shard < shards || (await archive.hasShard(tenant, shard)) ? of(tenant, shard) : null;
  };
  const hear = (tenant: TenantId, runId: RunId, word: PersonsWord) =>
    runner<RunnerReply>(() => of(tenant, toShard(runId)).hear(runId, JSON.stringify(word)));
  return {
    start: (order) => {
      const key = order.idempotency?.key;
      nextShard += 1;
      const shard = key === undefined ? nextShard % shards : toKeyShard(key, shards);
      // As JSON: an order is many small objects, and those are slower to copy than to write and parse.
      return runner<RunnerReply>(() => of(order.principal.tenant, shard).start(JSON.stringify(order)));
    },
    view: async (tenant, runId) => {
      const holder = await find(tenant, runId);
      return holder && parse(await runner<string>(() => holder.view(runId)));
    },
    decide: (tenant, runId, decision) => hear(tenant, runId, { word: "decision", decision }),
    resolve: (tenant, runId, resolution) => hear(tenant, runId, { word: "resolution", resolution }),
    answer: (tenant, runId, answer) => hear(tenant, runId, { word: "answer", answer }),
    cancel: async (tenant, runId) =>
      parse(await runner<string>(() => of(tenant, toShard(runId)).cancel(runId))),
    listOpen: async (tenant) => {
      const lists = Array.from({ length: shards }, (_, shard) =>
        runner<string>(() => of(tenant, shard).listOpen()),
      );
      return (await Promise.all(lists)).flatMap((json) => JSON.parse(json) as RunRecord[]);
    },
    drain: async (tenant) => {
      const drains = Array.from({ length: shards }, (_, shard) =>
        runner<void>(() => of(tenant, shard).drain()),
      );
      await Promise.all(drains);
    },
    erase: async (tenant) => {
      const ends = Array.from({ length: shards }, (_, shard) =>
        runner<void>(() => of(tenant, shard).erase()),
      );
      await Promise.all(ends);
    },
    wake: (tenant, shard) => runner<void>(() => of(tenant, shard).wake()),
    tryHeldBack: async (tenant) => {
      const tries = Array.from({ length: shards }, (_, shard) =>
        runner<void>(() => of(tenant, shard).wake(true)),
      );
      await Promise.all(tries);
    },
  };
}
