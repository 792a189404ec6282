// What embeddings say of a request. They are asked only where the answer is unsure without them, and waited for no longer than
// configured: without them the answer is as it was.
import type { TenantId } from "../../kernel/domain/id.ts";
import { toReached } from "../../kernel/domain/skill-glob.ts";
import type { Principal } from "../../kernel/domain/principal.ts";
import type { CatalogueSnapshot } from "../../kernel/ports/catalogue.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { MAX_HITS } from "../../kernel/ports/vectors.ts";
import { routeOnce } from "../../kernel/routing/kept-answers.ts";
import type { Embedding } from "../../kernel/routing/likeness/embedding.ts";
import { type Likeness, toLikeness } from "../../kernel/routing/likeness/figures.ts";
import { toNearTexts } from "../../kernel/routing/likeness/near-texts.ts";
import { toEmbeddedText } from "../../kernel/routing/likeness/texts.ts";
import { isUnsure } from "../../kernel/routing/likeness/unsure.ts";
import { type EmbeddedCatalogue, findEmbedded, type IndexedCatalogue } from "./embed-catalogue.ts";

interface Asked {
  readonly query: string | null;
  readonly tags: readonly string[];
  readonly principal: Principal;
}

/** Whether embeddings are there, and how much they count here; nothing where none are configured. */
export async function describeEmbedding(
  { embedding, embeddingStates }: Pick<Platform, "embedding" | "embeddingStates">,
  tenant: TenantId,
): Promise<{ readonly embeddings?: Readonly<Record<string, unknown>> }> {
  if (embedding === null) return {};
  const state = await embeddingStates.load(tenant);
  const isOfModel = state?.model === embedding.model;
  return {
    embeddings: {
      model: embedding.model,
      texts: isOfModel ? state.texts : 0,
      /** Null: not measured yet. */
      weight: isOfModel ? (state.blend?.weight ?? null) : null,
      is_paused: embedding.isPaused,
    },
  };
}

/** Undefined: nothing, or not in time. */
export async function findLikeness(
  platform: Platform,
  place: IndexedCatalogue,
  { query, tags, principal }: Asked,
): Promise<Likeness | undefined> {
  const { embedding } = platform;
  const text = toEmbeddedText(query ?? "");
  if (embedding === null || query === null || text === "") return undefined;
  const { snapshot, index } = place;
  const embedded = findEmbedded(platform, embedding, place);
  if (embedded === null || embedded.blend.weight === 0 || embedding.isPaused) return undefined;
  const reached = toReached(snapshot, principal);
  const allowed = reached.has.bind(reached);
  const plain = routeOnce(index, query, { tags, globs: principal.skills, allowed });
  if (!isUnsure(plain)) return undefined;
  const hits = await findInTime(
    platform,
    embedding,
    search(platform, embedding, { snapshot, embedded, text }),
  );
  if (hits === null) return undefined;
  const near = toNearTexts(hits, embedded.owners, allowed);
  return toLikeness(near, embedded.blend, index.calibration.temperature);
}

async function search(
  { vectors }: Platform,
  embedding: Embedding,
  {
    snapshot,
    embedded,
    text,
  }: { readonly snapshot: CatalogueSnapshot; readonly embedded: EmbeddedCatalogue; readonly text: string },
) {
  const values = await embedding.ask(text);
  return vectors.search(snapshot.tenant.id, {
    ...{ model: embedding.model, values, limit: MAX_HITS },
    version: embedded.content,
  });
}

/** Null: it failed, or is late. What comes late is kept for who asks the same again. */
async function findInTime<Found>(
  { clock, background }: Platform,
  embedding: Embedding,
  asked: Promise<Found>,
): Promise<Found | null> {
  const late = Promise.withResolvers<"late">();
  const callOff = clock.after(embedding.waitMs, () => late.resolve("late"));
  try {
    const found = await Promise.race([asked, late.promise]);
    if (found !== "late") {
      embedding.noteAnswer();
      return found;
    }
    embedding.noteMiss("late");
    background(asked.catch((error: unknown) => embedding.noteMiss("failed", error)));
    return null;
  } catch (error) {
    embedding.noteMiss("failed", error);
    return null;
  } finally {
    callOff();
  }
}
