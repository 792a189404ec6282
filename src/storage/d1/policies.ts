// A tenant's policies, compiled once per registry version and kept in the isolate's memory; whoever loads a catalogue leaves them here.
import type { TenantId } from "../../kernel/domain/id.ts";
import { Fault } from "../../kernel/domain/refusal.ts";
import { toDefaultSet, toDefaults } from "../../kernel/policy/default-policies.ts";
import type { Policy } from "../../kernel/policy/policy.ts";
import { compilePolicies, type PolicySet } from "../../kernel/policy/policy-set.ts";
import type { Policies, TenantPolicies } from "../../kernel/ports/policies.ts";
import { keepDocument } from "./documents.ts";

const MAX_TENANTS = 2_000;

interface Kept extends TenantPolicies {
  /** Hashes of the documents: the same ones are not compiled again. */
  readonly content: string;
}

const kept = new Map<TenantId, Kept>();

export interface PolicyRow {
  readonly hash: string;
  readonly document: string;
}

export interface PolicyRows {
  readonly version: number;
  readonly timeZone: string;
  readonly rows: readonly PolicyRow[];
}

/** What was read of a registry version, compiled. An older reading does not take the place of a newer one. */
export function keepPolicies(tenant: TenantId, { version, timeZone, rows }: PolicyRows): TenantPolicies {
  const content = rows.map(({ hash }) => hash).join();
  const known = kept.get(tenant);
  const policies = known?.content === content ? known.policies : compile(tenant, rows);
  const made = { version, timeZone, policies, content };
  if (known && known.version > version) return made;
  kept.delete(tenant);
  kept.set(tenant, made);
  if (kept.size > MAX_TENANTS) for (const oldest of kept.keys()) if (kept.delete(oldest)) break;
  return made;
}

function compile(tenant: TenantId, rows: readonly PolicyRow[]): PolicySet {
  if (rows.length === 0) return toDefaultSet();
  // Stored under its kind by the registry, which parsed it.
  const own = rows.map(
    ({ hash, document }) => keepDocument(tenant, hash, { kind: "policy", json: document }) as Policy,
  );
  return compilePolicies(own, toDefaults());
}

export class D1Policies implements Policies {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async load(tenant: TenantId, atLeast: number): Promise<TenantPolicies> {
    const known = kept.get(tenant);
    if (known && known.version >= atLeast) return known;
    const [facts, rows] = await this.#read(tenant);
    const [row] = facts?.results ?? [];
    if (!row) throw new Fault("tenant_missing", "never", `no tenant ${tenant}`);
    return keepPolicies(tenant, {
      version: Number(row["registry_version"]),
      timeZone: String(row["time_zone"]),
      // Columns as selected below.
      rows: (rows?.results ?? []) as unknown as PolicyRow[],
    });
  }

  async #read(tenant: TenantId): Promise<readonly D1Result<Record<string, unknown>>[]> {
    try {
      return await this.#db.batch<Record<string, unknown>>([
        this.#db.prepare("select registry_version, time_zone from tenants where id = ?").bind(tenant),
        this.#db
          .prepare(
            `select r.hash, d.document from registry r
             join documents d on d.tenant = r.tenant and d.hash = r.hash
             where r.tenant = ? and r.kind = 'policy' order by r.name`,
          )
          .bind(tenant),
      ]);
    } catch (error) {
      throw new Fault("storage_away", "later", "the policies cannot be read", error);
    }
  }
}
