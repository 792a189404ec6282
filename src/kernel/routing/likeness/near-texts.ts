// From hits to the skills whose texts they are. A hit that this catalogue does not know is passed over.
import type { SkillId } from "../../domain/id.ts";
import { MAX_HITS, type VectorHit } from "../../ports/vectors.ts";
import type { RoutingIndex } from "../index-type.ts";
import type { NearText } from "./figures.ts";
import type { FindNear } from "./fit-blend.ts";
import { findNearestVectors, toVectorAt, type VectorMatrix } from "./matrix.ts";
import { toEmbeddedText } from "./texts.ts";

/** Id of a text -> the skills that say so. */
export type TextOwners = ReadonlyMap<string, readonly SkillId[]>;

export function toNearTexts(
  hits: readonly VectorHit[],
  owners: TextOwners,
  allowed: (id: SkillId) => boolean,
): NearText<SkillId>[] {
  return hits.flatMap(({ id, score }) =>
    (owners.get(id) ?? []).filter(allowed).map((skill) => ({ skill, score })),
  );
}

/** For measuring: each text as if it were a request, and not there itself. */
export function toFindNear(
  { skills }: RoutingIndex,
  matrix: VectorMatrix,
  { owners, toId }: { readonly owners: TextOwners; readonly toId: (text: string) => string },
): FindNear {
  const places = new Map(matrix.ids.map((id, place) => [id, place]));
  const numbers = new Map(skills.map(({ id }, number) => [id, number]));
  return (text) => {
    const own = toId(toEmbeddedText(text));
    const place = places.get(own);
    if (place === undefined) return null;
    const hits = findNearestVectors(matrix, toVectorAt(matrix, place), MAX_HITS + 1).filter(
      ({ id }) => id !== own,
    );
    return toNearTexts(hits.slice(0, MAX_HITS), owners, () => true).flatMap(({ skill, score }) => {
      const number = numbers.get(skill);
      return number === undefined ? [] : [{ skill: number, score }];
    });
  };
}
