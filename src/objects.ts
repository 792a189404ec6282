// Ports whose other side is a Durable Object: stubs by name, faults of the platform told apart from its own code's.
import type { Env } from "./env.ts";
import type { RunId, TenantId } from "./kernel/domain/id.ts";
import { toShard } from "./kernel/domain/id.ts";
import type { Refusal } from "./kernel/domain/refusal.ts";
import type { RunRecord } from "./kernel/domain/run.ts";
import type { Archive } from "./kernel/ports/archive.ts";
import type { AdmissionAnswer, Guard } from "./kernel/ports/guard.ts";
import type { RunnerReply, Runners } from "./kernel/ports/runners.ts";
import type { TenantStore } from "./kernel/ports/tenant-store.ts";
import { reach } from "./storage/object/reach.ts";

/** Object stubs speak the port's own methods: the classes in durable-objects/ implement them one to one. */
export function toGuard(env: Env): Guard {
  const of = (tenant: TenantId) => env.GUARD.getByName(tenant);
  return {
    admit: (tenant, admission) => reach<AdmissionAnswer>("the guard", () => of(tenant).admit(admission)),
    extend: (tenant, asked) => reach<Refusal | null>("the guard", () => of(tenant).extend(asked)),
    renew: (tenant, runIds) => reach<void>("the guard", () => of(tenant).renew(runIds)),
    settle: (tenant, settlements) => of(tenant).settle(settlements),
    budget: (tenant) => of(tenant).budget(),
    configure: (tenant, change) => of(tenant).configure(change),
    cap: (tenant, payer, how) => of(tenant).cap(payer, how),
    pause: (tenant, payer, isPaused) => of(tenant).pause(payer, isPaused),
    registryVersion: (tenant) => of(tenant).registryVersion(),
    noteRegistry: (tenant, version) => of(tenant).noteRegistry(version),
  };
}

export function toStore(env: Env, name: string): TenantStore {
  const stub = env.STORE.getByName(name);
  return {
    run: (statement, key, agreed) => stub.run(statement, key, agreed),
    preview: (statement) => stub.preview(statement),
    importTable: (table, rows, origin) => stub.importTable(table, rows, origin),
    dropTable: (table) => stub.dropTable(table),
    tables: () => stub.tables(),
    columns: (table) => stub.columns(table),
    clear: () => stub.clear(),
  };
}

/** `tenant/shard` names a runner; a keyed run lives where its key hashes to, any other in the next one. */
let nextShard = 0;

export function toRunners(env: Env, { shards, archive }: { shards: number; archive: Archive }): Runners {
  const of = (tenant: TenantId, shard: number) => env.RUNNER.getByName(`${tenant}/${shard}`);
  const parse = (json: string | null): RunRecord | null =>
    json === null ? null : (JSON.parse(json) as RunRecord);
  /** Null: nobody ever used this shard. To look into it would make it. */
  const find = async (tenant: TenantId, runId: RunId) => {
    const shard = toShard(runId);
    return shard < shards || (await archive.hasShard(tenant, shard)) ? of(tenant, shard) : null;
  };
  return {
    start: (order) => {
      const key = order.idempotency?.key;
      nextShard += 1;
      const shard = key === undefined ? nextShard % shards : Number.parseInt(key.slice(0, 8), 16) % shards;
      // As JSON: an order is many small objects, and those are slower to copy than to write and parse.
      return reach<RunnerReply>("the runner", () =>
        of(order.principal.tenant, shard).start(JSON.stringify(order)),
      );
    },
    view: async (tenant, runId) => parse((await (await find(tenant, runId))?.view(runId)) ?? null),
    decide: (tenant, runId, decision) => of(tenant, toShard(runId)).decide(runId, decision),
    resolve: (tenant, runId, resolution) => of(tenant, toShard(runId)).resolve(runId, resolution),
    cancel: async (tenant, runId) => parse(await of(tenant, toShard(runId)).cancel(runId)),
    listOpen: async (tenant) => {
      const lists = Array.from({ length: shards }, (_, shard) => of(tenant, shard).listOpen());
      return (await Promise.all(lists)).flatMap((json) => JSON.parse(json) as RunRecord[]);
    },
    drain: async (tenant) => {
      await Promise.all(Array.from({ length: shards }, (_, shard) => of(tenant, shard).drain()));
    },
    wake: (tenant, shard) => of(tenant, shard).wake(),
  };
}
