// A tenant's catalogue, compiled once per registry version and kept in the isolate's memory.
import { z } from "zod";
import type { Connector } from "../../kernel/domain/connector.ts";
import { sha256 } from "../../kernel/domain/hash.ts";
import type { SkillId, TenantId } from "../../kernel/domain/id.ts";
import { Fault } from "../../kernel/domain/refusal.ts";
import { type BrokenSeal, SealBroken, orBroken } from "../../kernel/domain/seal-broken.ts";
import type { Skill, SkillMark } from "../../kernel/domain/skill.ts";
import type { Catalogue, CatalogueSnapshot, TenantFacts } from "../../kernel/ports/catalogue.ts";
import type { IndexStore } from "../../kernel/ports/index-store.ts";
import type { Vault } from "../../kernel/ports/vault.ts";
import { fromBlob, toBlob } from "../../kernel/routing/blob.ts";
import { type BegunIndex, beginIndex } from "../../kernel/routing/build-index.ts";
import wordTableBytes from "../../kernel/routing/data/word-table.bin";
import { type RoutingDocument, toRoutingDocument } from "../../kernel/routing/document.ts";
import { parseWordTable, type WordTable } from "../../kernel/routing/features/word-table.ts";
import type { RoutingIndex } from "../../kernel/routing/index-type.ts";
import { type Saying, weigh } from "../../kernel/routing/said.ts";
import { ByteBudgetCache } from "./byte-budget-cache.ts";
import { keepDocument } from "./documents.ts";
import { placeOfQuery } from "./feedback.ts";
import { keepPolicies } from "./policies.ts";

const cache = new ByteBudgetCache<CatalogueSnapshot>(32 * 1024 * 1024);
/** Read for the first index, not at the start of an isolate. */
let wordTable: WordTable | undefined;
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
  readonly #indexes: IndexStore;
  readonly #vault: Vault;
  readonly #manyTexts: number | undefined;
  readonly #background: (work: Promise<unknown>) => void;

  constructor(
    db: D1Database,
    kept: {
      readonly indexes: IndexStore;
      readonly vault: Vault;
      /** From how many texts on a changed catalogue answers before it is measured; the kernel knows the usual. */
      readonly manyTexts?: number;
    },
    background: (work: Promise<unknown>) => void,
  ) {
    this.#db = db;
    this.#indexes = kept.indexes;
    this.#vault = kept.vault;
    this.#manyTexts = kept.manyTexts;
    this.#background = background;
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

  /** Version and rows come from one batch, which D1 runs as one transaction. */
  async #read(tenant: TenantId): Promise<CatalogueSnapshot> {
    const [tenants, rows, feedback] = await this.#db.batch<Record<string, unknown>>([
      this.#db.prepare("select * from tenants where id = ?").bind(tenant),
      this.#db
        .prepare(
          `select r.kind, r.name, r.hash, r.put_by, d.made_by, d.document from registry r
           join documents d on d.tenant = r.tenant and d.hash = r.hash
           where r.tenant = ? and r.kind in ('skill', 'connector', 'mark', 'policy') order by r.name`,
        )
        .bind(tenant),
      this.#db
        .prepare(
          "select id, user, query, chosen, expected from feedback where tenant = ? and expected is not null order by created_at, id",
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
    const broken: BrokenSeal[] = [];
    const said = weigh(await this.#openFeedback(tenant, feedback?.results ?? [], broken));
    const documents = [...content.skills.values()].map((skill) => toRoutingDocument(skill, said));
    const { index, measure } = await this.#toIndex(tenant, documents, broken);
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
      index,
      broken,
    };
    cache.set(tenant, snapshot, content.sizeBytes);
    if (measure)
      this.#background(measure().then((measured) => refine(snapshot, measured, content.sizeBytes)));
    return snapshot;
  }

  async #openFeedback(
    tenant: TenantId,
    rows: readonly Record<string, unknown>[],
    broken: BrokenSeal[],
  ): Promise<readonly Saying[]> {
    const found: Saying[] = [];
    for (const { id, user, chosen, expected, query: sealed } of rows) {
      const query = await orBroken(this.#vault.open(placeOfQuery(tenant, String(id)), sealed));
      if (query instanceof SealBroken) broken.push(query.told);
      // Parsed where it was said.
      else found.push({ user, query, chosen, expected } as Saying);
    }
    return found;
  }

  /** Built once per content: any isolate that starts later loads what the first one stored. */
  async #toIndex(
    tenant: TenantId,
    documents: readonly RoutingDocument[],
    broken: BrokenSeal[],
  ): Promise<Indexed> {
    const hash = sha256(JSON.stringify(documents));
    const stored = await orBroken(this.#indexes.load(tenant, hash));
    if (stored instanceof SealBroken) broken.push(stored.told);
    wordTable ??= parseWordTable(wordTableBytes);
    const known = stored === null || stored instanceof SealBroken ? null : fromBlob(stored, wordTable);
    if (known) return { index: known };
    const { index, measure } = beginIndex(documents, {
      table: wordTable,
      earlier: cache.get(tenant)?.index,
      manyTexts: this.#manyTexts,
    });
    const keep = (made: RoutingIndex): Promise<void> => this.#indexes.save(tenant, hash, toBlob(made));
    if (measure) return { index, measure: () => measureLater(measure, keep) };
    this.#background(keep(index));
    return { index };
  }
}

interface Indexed {
  readonly index: RoutingIndex;
  /** Absent: the index is whole. */
  readonly measure?: () => Promise<RoutingIndex>;
}

/** Who waits for the index is answered first. Only what is measured is stored: the same skills give the same bytes. */
async function measureLater(
  measure: NonNullable<BegunIndex["measure"]>,
  keep: (made: RoutingIndex) => Promise<void>,
): Promise<RoutingIndex> {
  await new Promise((done) => setTimeout(done, 0));
  const measured = measure();
  await keep(measured);
  return measured;
}

/** Unless the catalogue has changed meanwhile. */
function refine(snapshot: CatalogueSnapshot, index: RoutingIndex, sizeBytes: number): void {
  const tenant = snapshot.tenant.id;
  if (cache.get(tenant) === snapshot) cache.set(tenant, { ...snapshot, index }, sizeBytes);
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
