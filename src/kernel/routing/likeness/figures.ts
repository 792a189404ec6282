// What the nearest texts of a request say of each skill: its share of them, the nearer the more. A skill with none of them gets nothing.
import type { SkillId } from "../../domain/id.ts";

/** How much embeddings count in one catalogue, as measured on its own examples (fit-blend.ts). */
export interface Blend {
  /** 0: they are not asked. */
  readonly weight: number;
  /** How much nearer a text must be to count e times as much. */
  readonly width: number;
  /** How many examples were answered to find that out. */
  readonly answers: number;
}

/** Added to the score of each skill that is named. */
export type Likeness = ReadonlyMap<SkillId, number>;

/** A text of a skill that lies near the request. */
export interface NearText<Skill> {
  readonly skill: Skill;
  readonly score: number;
}

/** Below this share a skill is as good as not named: no embedding can outweigh everything else. */
const FLOOR = 0.02;

/** From 0 to 3.9, by skill. */
export function toFigures<Skill>(near: readonly NearText<Skill>[], width: number): Map<Skill, number> {
  const highest = Math.max(...near.map(({ score }) => score));
  const shares = new Map<Skill, number>();
  let all = 0;
  for (const { skill, score } of near) {
    const share = Math.exp((score - highest) / width);
    shares.set(skill, (shares.get(skill) ?? 0) + share);
    all += share;
  }
  return new Map([...shares].map(([skill, share]) => [skill, Math.log(1 + share / all / FLOOR)]));
}

/** `temperature`: that of the catalogue, so that the weight means the same in every one. */
export function toLikeness(
  near: readonly NearText<SkillId>[],
  { weight, width }: Blend,
  temperature: number,
): Likeness {
  const figures = toFigures(near, width);
  return new Map([...figures].map(([skill, figure]) => [skill, weight * temperature * figure]));
}
