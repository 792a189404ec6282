// A request against an index: the best skills, how sure, and what to do with that. It never runs anything and never sees who asks.
import type { SkillId } from "../domain/id.ts";
import { answer } from "./answer.ts";
import { toInScope, toLeastInScope } from "./calibration/calibration.ts";
import { toEnergy, toEvidence } from "./calibration/evidence.ts";
import type { RouteOptions, RoutingCandidate, RoutingDecision, RoutingResult } from "./document.ts";
import { explain } from "./explain.ts";
import type { SparseVector } from "./features/vector.ts";
import { toMendedRequest } from "./model/mended-request.ts";
import type { Ranking } from "./model/rank.ts";
import { mixSentences, toSentences } from "./sentences.ts";
import { type RoutingIndex, toNeighbours } from "./index-type.ts";
import { NUMBER } from "./text/normalise.ts";

const DEFAULT_LIMIT = 5;
/** Two skills nearer to each other than this are a question, not an answer. */
const LEAST_MARGIN = 0.1;

export function route(index: RoutingIndex, query: string, options: RouteOptions = {}): RoutingResult {
  if (options.likeness && options.likeness.size > 0) {
    const { inScope } = route(index, query, { ...options, likeness: undefined });
    return routeWith(index, query, { ...options, inScope });
  }
  return routeWith(index, query, options);
}

interface Given extends RouteOptions {
  /** How probable it is that any skill fits, where that was found already. */
  readonly inScope?: number | undefined;
}

function routeWith(index: RoutingIndex, query: string, options: Given): RoutingResult {
  const { model, calibration } = index;
  const desk = {
    model,
    skills: index.skills.length,
    neighboursOf: (vector: SparseVector) => toNeighbours(index, vector),
  };
  const offsets = toOffsets(index, options);
  const request = toMendedRequest(query, model);
  const { vector, ranking: whole, words: wordEvidence } = answer(desk, request, offsets);
  const rankingOf = (text: string): Ranking => answer(desk, toMendedRequest(text, model), offsets).ranking;
  // Descriptions are short and say what is done: the rest of a story drowns them. People's own phrases are as long as what they say.
  const ranking = model.descriptionShare > 0 ? mixSentences(whole, toSentences(query).map(rankingOf)) : whole;
  const isEmpty =
    request.words.every((word) => word === NUMBER) || vector.rows.length === 0 || ranking.order.length === 0;
  const evidence = toEvidence(ranking, calibration.temperature, wordEvidence);
  const inScope = options.inScope ?? (isEmpty ? 0 : toInScope(calibration, evidence));
  const energy = toEnergy(ranking.scores, calibration.temperature);
  const candidates = ranking.order
    .slice(0, options.limit ?? DEFAULT_LIMIT)
    .map((number): RoutingCandidate => {
      const score = ranking.scores[number] ?? 0;
      const share = Math.exp(score / calibration.temperature - energy);
      const skill = index.skills[number];
      return {
        id: toId(skill?.id),
        score,
        confidence: inScope * share,
        features: explain({
          model,
          vector,
          skill: number,
          near: ranking.nearness.get(number) ?? 0,
          described: model.descriptionShare * (ranking.described[number] ?? 0),
          sentence: score - (whole.scores[number] ?? 0),
          demerit: (skill?.demerit ?? 0) * calibration.temperature,
          likeness: toLikenessOf(options, skill?.id),
        }),
      };
    });
  return decide(candidates, inScope, toLeastInScope(calibration));
}

function toId(id: SkillId | undefined): SkillId {
  if (id === undefined) throw new Error("a ranked skill is in the index");
  return id;
}

/** The last is the skill that does not exist. */
function toOffsets(index: RoutingIndex, options: RouteOptions): Float64Array {
  const tags = options.tags ?? [];
  const offsets = new Float64Array(index.skills.length + 1).fill(Number.NEGATIVE_INFINITY);
  index.skills.forEach((skill, number) => {
    const takesPart = tags.every((tag) => skill.tags.includes(tag)) && (options.allowed?.(skill.id) ?? true);
    const lift = skill.requests.length === 0 ? index.calibration.unheardLift : 0;
    const likeness = toLikenessOf(options, skill.id);
    if (takesPart) offsets[number] = lift + likeness - skill.demerit * index.calibration.temperature;
  });
  return offsets;
}

function toLikenessOf({ likeness }: RouteOptions, id: SkillId | undefined): number {
  return (id === undefined ? undefined : likeness?.get(id)) ?? 0;
}

function decide(
  candidates: readonly RoutingCandidate[],
  inScope: number,
  leastInScope: number,
): RoutingResult {
  const [first, second] = candidates;
  const confidence = first?.confidence ?? 0;
  const margin = confidence - (second?.confidence ?? 0);
  const isFit = candidates.length > 0 && inScope >= leastInScope;
  const isClear = candidates.length === 1 || margin >= LEAST_MARGIN;
  const decision: RoutingDecision = isFit ? (isClear ? "match" : "choose") : "no_skill_found";
  return {
    candidates,
    decision,
    confidence,
    margin,
    inScope,
    reason: toReason(decision, candidates),
  };
}

function toReason(decision: RoutingDecision, [first, second]: readonly RoutingCandidate[]): string {
  if (!first) return "no skill takes part";
  if (decision === "no_skill_found")
    return `the request is unlike what any skill was described with; best guess ${first.id}`;
  if (decision === "choose") return `${first.id} and ${second?.id} fit about equally well`;
  const [evidence = "words"] =
    Object.entries(first.features).sort(([, one], [, other]) => other - one)[0] ?? [];
  return `${first.id} fits best, mostly by ${evidence}`;
}
