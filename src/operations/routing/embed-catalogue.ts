// Embeds what a catalogue says of itself, once per content and in the background, and measures how much that may count. Nobody waits
// for it; what was embedded before it broke off is not embedded again.
import { sha256 } from "../../kernel/domain/hash.ts";
import type { CatalogueSnapshot } from "../../kernel/ports/catalogue.ts";
import type { EmbeddingState } from "../../kernel/ports/embedding-states.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import type { RoutingIndex } from "../../kernel/routing/index-type.ts";
import type { Embedding } from "../../kernel/routing/likeness/embedding.ts";
import type { Blend } from "../../kernel/routing/likeness/figures.ts";
import { fitBlend } from "../../kernel/routing/likeness/fit-blend.ts";
import { type TextOwners, toFindNear } from "../../kernel/routing/likeness/near-texts.ts";
import { toEmbeddedTexts } from "../../kernel/routing/likeness/texts.ts";

/** Texts per call: below what any service takes at once. */
const BATCH = 64;
/** After a call that failed. */
const AGAIN_AFTER_MS = 60_000;

/** A catalogue with the index of all its skills. */
export interface IndexedCatalogue {
  readonly snapshot: CatalogueSnapshot;
  readonly index: RoutingIndex;
}

/** A catalogue whose embeddings are complete and measured. */
export interface EmbeddedCatalogue {
  readonly content: string;
  readonly owners: TextOwners;
  readonly blend: Blend;
}

interface Preparing {
  readonly embedded: EmbeddedCatalogue | null;
  /** It is under way, or has failed, until then. */
  readonly againAt: number;
}

/** An index is of one version of the registry: a change makes another. */
const known = new WeakMap<RoutingIndex, Preparing>();

/** Null: not yet. Asking for it sets it going. */
export function findEmbedded(
  platform: Platform,
  embedding: Embedding,
  catalogue: IndexedCatalogue,
): EmbeddedCatalogue | null {
  const { index } = catalogue;
  const now = platform.clock.now();
  const before = known.get(index);
  if (before && (before.embedded !== null || now < before.againAt)) return before.embedded;
  known.set(index, { embedded: null, againAt: Number.POSITIVE_INFINITY });
  platform.background(prepare(platform, embedding, catalogue));
  return null;
}

async function prepare(platform: Platform, embedding: Embedding, catalogue: IndexedCatalogue): Promise<void> {
  // Who asked is answered first: what follows may take seconds.
  await new Promise((done) => setTimeout(done, 0));
  try {
    const embedded = await embed(platform, embedding, catalogue);
    known.set(catalogue.index, { embedded, againAt: 0 });
  } catch (error) {
    embedding.noteMiss("failed", error);
    known.set(catalogue.index, { embedded: null, againAt: platform.clock.now() + AGAIN_AFTER_MS });
  }
}

async function embed(
  platform: Platform,
  embedding: Embedding,
  {
    snapshot: {
      tenant: { id: tenant },
      skills,
    },
    index,
  }: IndexedCatalogue,
): Promise<EmbeddedCatalogue> {
  const { vectors, embeddingStates: states } = platform;
  const { model } = embedding;
  const texts = new Map(
    [...toEmbeddedTexts([...skills.values()])].map(([text, of]) => [sha256(text), { text, of }]),
  );
  const owners: TextOwners = new Map([...texts].map(([id, { of }]) => [id, of]));
  const content = sha256(
    JSON.stringify([model, [...owners].toSorted(([one], [other]) => (one < other ? -1 : 1))]),
  );
  const before = await states.load(tenant);
  if (before?.content === content && before.blend !== null) return { content, owners, blend: before.blend };
  const state: EmbeddingState = { model, content, texts: texts.size, blend: null };
  await states.save(tenant, state);
  if (before?.model !== model) await vectors.keepOnly(tenant, model);
  const kept = new Set(await vectors.listIds(tenant, model));
  const missing = [...texts].filter(([id]) => !kept.has(id));
  for (let from = 0; from < missing.length; from += BATCH) {
    const batch = missing.slice(from, from + BATCH);
    const made = await embedding.embed(batch.map(([, { text }]) => text));
    await vectors.save(
      tenant,
      batch.map(([id], at) => ({ id, model, values: made[at] ?? [] })),
    );
  }
  const outdated = [...kept].filter((id) => !texts.has(id));
  if (outdated.length > 0) await vectors.remove(tenant, model, outdated);
  const matrix = await vectors.load(tenant, model);
  const blend = fitBlend(index, toFindNear(index, matrix, { owners, toId: sha256 }));
  if (await platform.erasure.isErased(tenant)) await vectors.keepOnly(tenant, null);
  else await states.save(tenant, { ...state, blend });
  return { content, owners, blend };
}
