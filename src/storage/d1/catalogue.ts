// A tenant's catalogue, compiled once per registry version and kept in the isolate's memory.
import { z } from "zod";
import type { Connector } from "../../kernel/domain/connector.ts";
import type { SkillId, TenantId } from "../../kernel/domain/id.ts";
import { Fault } from "../../kernel/domain/refusal.ts";
import type { Skill, SkillMark } from "../../kernel/domain/skill.ts";
import type {
  Catalogue,
  CatalogueIndex,
  CatalogueSnapshot,
  TenantFacts,
} from "../../kernel/ports/catalogue.ts";
import { ByteBudgetCache } from "./byte-budget-cache.ts";
import { CatalogueIndexes, type KeptIndexes } from "./catalogue-indexes.ts";
import { keepDocument } from "./documents.ts";
import { keepPolicies } from "./policies.ts";

const cache = new ByteBudgetCache<CatalogueSnapshot>(16 * 1024 * 1024);
/** One load at a time per tenant and isolate. */
const loading = new Map<TenantId, Promise<CatalogueSnapshot>>();

interface Row {
  readonly kind: string;
  readonly name: string;
  readonly hash: string;
  readonly put_by: string | null;
  readonly made_by: string | null;
  readonly document: string;
}

export class D1Catalogue implements Catalogue {
  readonly #db: D1Database;
  readonly #indexes: CatalogueIndexes;

  constructor(db: D1Database, kept: KeptIndexes, background: (work: Promise<unknown>) => void) {
    this.#db = db;
    this.#indexes = new CatalogueIndexes(db, kept, background);
  }

  async load(tenant: TenantId, atLeast: number): Promise<CatalogueSnapshot> {
    const known = cache.get(tenant);
    if (known && known.version >= atLeast) return known;
    const joined = loading.get(tenant);
    const under = joined ?? this.#read(tenant);
    loading.set(tenant, under);
    const loaded = await under.finally(() => loading.delete(tenant));
    // A load that had begun before the change that is asked for does not know it.
    return loaded.version < atLeast && joined !== undefined ? this.#read(tenant) : loaded;
  }

  async loadIndex(tenant: TenantId, atLeast: number): Promise<CatalogueIndex> {
    return this.#indexes.load(await this.load(tenant, atLeast));
  }

  /** Version and rows come from one batch, which D1 runs as one transaction. */
  async #read(tenant: TenantId): Promise<CatalogueSnapshot> {
    const [tenants, rows] = await this.#db.batch<Record<string, unknown>>([
      this.#db.prepare("select * from tenants where id = ?").bind(tenant),
      this.#db
        .prepare(
          `select r.kind, r.name, r.hash, r.put_by, d.made_by, d.document from registry r
           join documents d on d.tenant = r.tenant and d.hash = r.hash
           where r.tenant = ? and r.kind in ('skill', 'connector', 'mark', 'policy') order by r.name`,
        )
        .bind(tenant),
    ]);
    const found = tenants?.results[0];
    if (!found) throw new Fault("tenant_missing", "never", `no tenant ${tenant}`);
    // Columns as selected above.
    const all = (rows?.results ?? []) as unknown as Row[];
    const content = toContent(
      tenant,
      all.filter(({ kind }) => kind !== "policy"),
    );
    const { skills, connectors } = content;
    const version = Number(found["registry_version"]);
    const facts = toFacts(tenant, found);
    const { policies } = keepPolicies(tenant, {
      ...{ version, timeZone: facts.timeZone },
      rows: all.filter(({ kind }) => kind === "policy"),
    });
    const snapshot: CatalogueSnapshot = {
      tenant: facts,
      version,
      skills,
      connectors,
      policies,
      makers: toMakers(all),
    };
    cache.set(tenant, snapshot, content.sizeBytes);
    return snapshot;
  }
}

const Prices = z.record(z.string(), z.object({ inputMicroUsd: z.number(), outputMicroUsd: z.number() }));

function toFacts(id: TenantId, row: Record<string, unknown>): TenantFacts {
  return {
    id,
    name: String(row["name"]),
    timeZone: String(row["time_zone"]),
    currency: String(row["currency"]),
    ...(row["prices"] !== "{}" && { prices: Prices.parse(JSON.parse(String(row["prices"]))) }),
  };
}

function toMakers(rows: readonly Row[]): ReadonlyMap<string, readonly string[]> {
  const makers = new Map<string, readonly string[]>();
  for (const { hash, put_by, made_by } of rows) {
    const known = new Set([put_by, made_by].flatMap((user) => user ?? []));
    if (known.size > 0) makers.set(hash, [...known]);
  }
  return makers;
}

interface Content {
  readonly skills: ReadonlyMap<SkillId, Skill>;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly sizeBytes: number;
}

function toContent(tenant: TenantId, rows: readonly Row[]): Content {
  const skills = new Map<SkillId, Skill>();
  const connectors = new Map<string, Connector>();
  const marks = new Map<string, SkillMark>();
  let sizeBytes = 0;
  for (const row of rows) {
    const document = keepDocument(tenant, row.hash, { kind: row.kind, json: row.document });
    sizeBytes += row.document.length * 2;
    // Stored under its kind by the registry, which parsed it.
    if (row.kind === "connector") connectors.set(row.name, document as Connector);
    else if (row.kind === "mark") marks.set(row.name, document as SkillMark);
    else {
      const skill = document as Skill;
      skills.set(skill.id, skill);
    }
  }
  for (const [id, skill] of skills) {
    const mark = marks.get(id);
    if (mark) skills.set(id, { ...skill, deprecated: mark.deprecated ?? undefined });
  }
  return { skills, connectors, sizeBytes };
}
