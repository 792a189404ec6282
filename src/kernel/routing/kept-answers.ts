// Answers that an index has just given. An index is of one version of the registry: a change makes another, and these go with it.
import type { SkillId } from "../domain/id.ts";
import type { RoutingResult } from "./document.ts";
import type { RoutingIndex } from "./index-type.ts";
import type { Likeness } from "./likeness/figures.ts";
import { route } from "./route.ts";

export interface Asking {
  readonly tags?: readonly string[] | undefined;
  /** What the caller's key reaches, as it is told; absent: everything. Of one answer it is the whole difference between two callers. */
  readonly globs?: readonly string[] | undefined;
  readonly allowed: (id: SkillId) => boolean;
  /** What embeddings say of it; such an answer is not kept. */
  readonly likeness?: Likeness | undefined;
}

const MOST_KEPT = 500;
/** Nobody says a longer one twice. */
const LONGEST = 500;

const kept = new WeakMap<RoutingIndex, Map<string, RoutingResult>>();

/** As `route` answers, without weighing again what was just asked. */
export function routeOnce(
  index: RoutingIndex,
  query: string,
  { tags, globs, allowed, likeness }: Asking,
): RoutingResult {
  if (query.length > LONGEST || likeness) return route(index, query, { tags, allowed, likeness });
  const answers = kept.get(index) ?? new Map<string, RoutingResult>();
  kept.set(index, answers);
  const key = JSON.stringify([query, tags ?? [], globs ?? null]);
  const known = answers.get(key);
  if (known) return known;
  const answer = route(index, query, { tags, allowed });
  if (answers.size >= MOST_KEPT) answers.clear();
  answers.set(key, answer);
  return answer;
}
