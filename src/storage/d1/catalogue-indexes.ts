// What a tenant's sentences are routed with, built once per content and kept in the isolate's memory.
import { sha256 } from "../../kernel/domain/hash.ts";
import type { TenantId } from "../../kernel/domain/id.ts";
import { type BrokenSeal, SealBroken, orBroken } from "../../kernel/domain/seal-broken.ts";
import type { CatalogueIndex, CatalogueSnapshot } from "../../kernel/ports/catalogue.ts";
import type { IndexStore } from "../../kernel/ports/index-store.ts";
import type { Vault } from "../../kernel/ports/vault.ts";
import { fromBlob, toBlob } from "../../kernel/routing/blob.ts";
import { type BegunIndex, beginIndex } from "../../kernel/routing/build-index.ts";
import wordTableBytes from "../../kernel/routing/data/word-table.bin";
import { type RoutingDocument, toRoutingDocuments } from "../../kernel/routing/document.ts";
import { parseWordTable, type WordTable } from "../../kernel/routing/features/word-table.ts";
import { countBytes, type RoutingIndex } from "../../kernel/routing/index-type.ts";
import { type Saying, weigh } from "../../kernel/routing/said.ts";
import { doInSlices } from "../../kernel/routing/slices.ts";
import { ByteBudgetCache } from "./byte-budget-cache.ts";
import { placeOfQuery } from "./feedback.ts";

export interface KeptIndexes {
  readonly indexes: IndexStore;
  readonly vault: Vault;
  /** From how many texts on a changed catalogue answers before it is measured; the kernel knows the usual. */
  readonly manyTexts?: number;
}

interface Indexed extends CatalogueIndex {
  readonly version: number;
  /** Of all that the index is made from. */
  readonly hash: string;
}

const cache = new ByteBudgetCache<Indexed>(32 * 1024 * 1024);
/** One at a time per tenant and isolate. */
const loading = new Map<TenantId, Promise<Indexed>>();
/** Read for the first index, not at the start of an isolate. */
let wordTable: WordTable | undefined;

export class CatalogueIndexes {
  readonly #db: D1Database;
  readonly #kept: KeptIndexes;
  readonly #background: (work: Promise<unknown>) => void;

  constructor(db: D1Database, kept: KeptIndexes, background: (work: Promise<unknown>) => void) {
    this.#db = db;
    this.#kept = kept;
    this.#background = background;
  }

  async load(snapshot: CatalogueSnapshot): Promise<CatalogueIndex> {
    const tenant = snapshot.tenant.id;
    const known = cache.get(tenant);
    if (known && known.version >= snapshot.version) return known;
    const before = loading.get(tenant);
    if (before && (await before).version >= snapshot.version) return before;
    const under = this.#make(snapshot);
    loading.set(tenant, under);
    return under.finally(() => {
      if (loading.get(tenant) === under) loading.delete(tenant);
    });
  }

  async #make(snapshot: CatalogueSnapshot): Promise<Indexed> {
    const tenant = snapshot.tenant.id;
    const broken: BrokenSeal[] = [];
    const said = weigh(await this.#loadFeedback(tenant, broken));
    const documents = toRoutingDocuments(snapshot.skills.values(), said);
    const hash = sha256(JSON.stringify(documents));
    const known = cache.get(tenant);
    const { index, measure }: Made =
      known?.hash === hash
        ? { index: known.index }
        : await this.#toIndex(tenant, { hash, documents, broken });
    const indexed: Indexed = { version: snapshot.version, hash, index, broken };
    remember(tenant, indexed);
    if (measure) this.#background(measure().then((measured) => refine(tenant, indexed, measured)));
    return indexed;
  }

  async #loadFeedback(tenant: TenantId, broken: BrokenSeal[]): Promise<readonly Saying[]> {
    const { results } = await this.#db
      .prepare(
        "select id, user, query, chosen, expected from feedback where tenant = ? and expected is not null order by created_at, id",
      )
      .bind(tenant)
      .all();
    const found: Saying[] = [];
    for (const { id, user, chosen, expected, query: sealed } of results) {
      const query = await orBroken(this.#kept.vault.open(placeOfQuery(tenant, String(id)), sealed));
      if (query instanceof SealBroken) broken.push(query.told);
      // Parsed where it was said.
      else found.push({ user, query, chosen, expected } as Saying);
    }
    return found;
  }

  /** Built once per content: any isolate that starts later loads what the first one stored. */
  async #toIndex(tenant: TenantId, { hash, documents, broken }: Source): Promise<Made> {
    const { indexes, manyTexts } = this.#kept;
    const stored = await orBroken(indexes.load(tenant, hash)).catch(toLost);
    if (stored instanceof SealBroken) broken.push(stored.told);
    wordTable ??= parseWordTable(wordTableBytes);
    const known = stored === null || stored instanceof SealBroken ? null : fromBlob(stored, wordTable);
    if (known) return { index: known };
    const earlier = cache.get(tenant)?.index;
    const { index, measure } = beginIndex(documents, { table: wordTable, earlier, manyTexts });
    const keep = (made: RoutingIndex): Promise<void> => indexes.save(tenant, hash, toBlob(made));
    const isWanted = (): boolean => cache.get(tenant)?.hash === hash;
    if (measure) return { index, measure: () => measureLater({ measure, isWanted, keep }) };
    this.#background(keep(index));
    return { index };
  }
}

interface Source {
  readonly hash: string;
  readonly documents: readonly RoutingDocument[];
  /** What does not open is added to it. */
  readonly broken: BrokenSeal[];
}

interface Made {
  readonly index: RoutingIndex;
  /** Absent: the index is whole. */
  readonly measure?: () => Promise<RoutingIndex | null>;
}

/** What is kept saves a build, and nobody is refused for want of it. */
function toLost(error: unknown): null {
  // oxlint-disable-next-line no-console
  console.error("routing index", error);
  return null;
}

function remember(tenant: TenantId, indexed: Indexed): void {
  cache.set(tenant, indexed, countBytes(indexed.index));
}

/**
 * Whoever waits for the index is answered first, and others between slices; of skills saved one after another only what they come to is
 * measured: null for the others. Only what is measured is stored: the same skills give the same bytes.
 */
async function measureLater(part: {
  readonly measure: NonNullable<BegunIndex["measure"]>;
  readonly isWanted: () => boolean;
  readonly keep: (made: RoutingIndex) => Promise<void>;
}): Promise<RoutingIndex | null> {
  const pause = async (): Promise<boolean> => {
    await new Promise((done) => setTimeout(done, 0));
    return part.isWanted();
  };
  const measured = await doInSlices(part.measure(), pause);
  if (measured) await part.keep(measured);
  return measured;
}

/** Unless the skills have changed meanwhile. */
function refine(tenant: TenantId, { hash, broken }: Indexed, index: RoutingIndex | null): void {
  const now = cache.get(tenant);
  if (index && now?.hash === hash) remember(tenant, { version: now.version, hash, index, broken });
}
