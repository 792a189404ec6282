// The nouns of routing: what a skill declares to be found by, and what the router answers. It never holds a rule.
import type { SkillId } from "../domain/id.ts";
import type { Skill } from "../domain/skill.ts";
import type { Text } from "../domain/text.ts";
import type { Likeness } from "./likeness/figures.ts";
import type { Said } from "./said.ts";

export interface RoutingDocument {
  readonly id: SkillId;
  readonly description: Text;
  readonly tags: readonly string[];
  readonly phrases: { readonly ru: readonly string[]; readonly en: readonly string[] };
  readonly inputNames: readonly string[];
  /** Requests that sound like this skill and are for none: the author's own counter-examples. */
  readonly counter?: readonly string[] | undefined;
  /** Requests of which people said: they belong here. */
  readonly corrections?: readonly string[] | undefined;
  /** How far a skill that keeps being corrected is pushed down, in logits; 0 when absent. */
  readonly demerit?: number | undefined;
}

/** Of two skills that fit about equally well it says which is meant, where a tenant has it. No sentence leads to it. */
export const CHOOSER: SkillId = "routing/choose";

export function toRoutingDocuments(skills: Iterable<Skill>, said: Said): RoutingDocument[] {
  return [...skills].filter(({ id }) => id !== CHOOSER).map((skill) => toRoutingDocument(skill, said));
}

function toRoutingDocument(skill: Skill, said: Said): RoutingDocument {
  return {
    id: skill.id,
    description: skill.description,
    tags: skill.tags,
    phrases: skill.phrases,
    counter: skill.phrases.not,
    inputNames: skill.input.map((field) => field.name),
    corrections: said.corrections.get(skill.id),
    demerit: said.demerits.get(skill.id),
  };
}

export interface RouteOptions {
  /** Only skills that carry every one of these tags. */
  readonly tags?: readonly string[] | undefined;
  /** Skills for which this is false take no part and appear nowhere in the answer. */
  readonly allowed?: ((id: SkillId) => boolean) | undefined;
  readonly limit?: number | undefined;
  /** What embeddings say: it orders the skills, and leaves alone how probable it is that any fits. */
  readonly likeness?: Likeness | undefined;
}

export interface RoutingCandidate {
  readonly id: SkillId;
  readonly score: number;
  /** The probability that this skill is the right one. */
  readonly confidence: number;
  /** What each kind of evidence added to the score. */
  readonly features: Readonly<Record<string, number>>;
}

export type RoutingDecision = "match" | "no_skill_found" | "choose";

export interface RoutingResult {
  /** Best first; ties are broken by id. */
  readonly candidates: readonly RoutingCandidate[];
  readonly decision: RoutingDecision;
  readonly confidence: number;
  /** How much more probable the first candidate is than the second. */
  readonly margin: number;
  /** The probability that any skill here fits the request. */
  readonly inScope: number;
  readonly reason: string;
}
