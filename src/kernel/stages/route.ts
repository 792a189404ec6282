// Which skill a request means. A skill that the caller may not run is neither chosen nor named.
import type { RunId, SkillId } from "../domain/id.ts";
import { invariant, type RefusalOf } from "../domain/refusal.ts";
import type { RunRequest } from "../domain/request.ts";
import type { Understanding } from "../domain/run.ts";
import type { Skill } from "../domain/skill.ts";
import { toReached } from "../domain/skill-glob.ts";
import { splitSequence } from "../language/sequence.ts";
import { toUnknownSkill } from "../language/unknown-skill.ts";
import type { CatalogueSnapshot } from "../ports/catalogue.ts";
import { type CompoundStep, decideCompound, type PartAnswer } from "../routing/compound.ts";
import type { RoutingResult } from "../routing/document.ts";
import type { Likeness } from "../routing/likeness/figures.ts";
import { holdsBack } from "../routing/holding-back.ts";
import type { RoutingIndex } from "../routing/index-type.ts";
import { asksOnlyToLook } from "../routing/looking.ts";
import { routeOnce } from "../routing/kept-answers.ts";

export type Alternatives = Understanding["alternatives"];

export type RouteDecision =
  | {
      readonly found: Skill;
      readonly routing: RoutingResult | null;
      readonly alternatives: Alternatives;
      /** Null: it was named. */
      readonly confidence: number | null;
    }
  | { readonly choices: Alternatives; readonly routing: RoutingResult }
  /** Several requests in a row. */
  | { readonly steps: readonly CompoundStep[]; readonly routing: RoutingResult }
  | { readonly none: true; readonly alternatives: Alternatives; readonly routing: RoutingResult }
  | { readonly refusal: RefusalOf<"not_found"> | RefusalOf<"bad_request"> };

export type RouteRequest = Pick<RunRequest, "query" | "skill" | "tags" | "principal">;

export interface RouteRules {
  /** Whether running it could write or delete. */
  readonly mayChange: (skill: Skill) => boolean;
  /** Of all skills of the tenant. Null: the request names its skill. */
  readonly index: RoutingIndex | null;
  readonly told?: Told | undefined;
}

/** What others say of the whole sentence. */
export interface Told {
  readonly likeness?: Likeness | undefined;
  readonly choice?: Choice | undefined;
}

/** One of two skills that fit about equally well, and the run that chose it instead of the person. */
export interface Choice {
  readonly skill: SkillId;
  readonly by: RunId;
}

export function decideRoute(
  snapshot: CatalogueSnapshot,
  request: RouteRequest,
  rules: RouteRules,
): RouteDecision {
  const reached = toReached(snapshot, request.principal);
  if (request.skill !== null) return toGiven(reached, request.skill);
  if (request.query === null || request.query.trim() === "") {
    return {
      refusal: {
        reason: "bad_request",
        message: { en: "There is neither a request nor a skill.", ru: "Нет ни запроса, ни навыка." },
        mend: { en: 'Send "query" or "skill".', ru: "Отправьте «query» или «skill»." },
        field: "query",
      },
    };
  }
  const { index, told } = rules;
  invariant(index, "a sentence comes with the index of its catalogue");
  const desk = { reached, rules, index };
  const whole = decideSentence(desk, { ...request, query: request.query }, told);
  const steps = decideCompound(request.query, {
    whole: toPartAnswer(whole),
    answer: (query) => toPartAnswer(decideSentence(desk, { ...request, query })),
    takesSteps: (id) => takesSteps(reached.get(id)),
  });
  return steps === null ? whole : { steps, routing: whole.routing };
}

type SentenceDecision = Exclude<
  RouteDecision,
  { readonly refusal: unknown } | { readonly steps: unknown }
> & {
  readonly routing: RoutingResult;
};

interface Desk {
  readonly reached: CatalogueSnapshot["skills"];
  readonly rules: RouteRules;
  readonly index: RoutingIndex;
}

function decideSentence(
  { reached, index, rules: { mayChange } }: Desk,
  request: RouteRequest & { readonly query: string },
  { likeness, choice }: Told = {},
): SentenceDecision {
  const allowed = (id: SkillId): boolean => reached.has(id);
  const routing = routeOnce(index, request.query, {
    tags: request.tags,
    globs: request.principal.skills,
    allowed,
    likeness,
  });
  const candidates = routing.candidates.map(({ id, confidence }) => ({ skill: id, confidence }));
  const [first] = candidates;
  if (routing.decision === "no_skill_found" || !first)
    return { none: true, alternatives: candidates, routing };
  const choices = candidates.slice(0, 2);
  const picked = routing.decision === "choose" ? choices.find(({ skill }) => skill === choice?.skill) : first;
  if (!picked) return { choices, routing };
  const alternatives = candidates.filter((one) => one !== picked);
  const chosen = reached.get(picked.skill);
  invariant(chosen, `${picked.skill}, which takes part, is in the catalogue`);
  const isOther = holdsBack(request.query) || isLookAtOther(chosen, request.query);
  if (isOther && mayChange(chosen)) return { none: true, alternatives, routing };
  return { found: toServing(reached, chosen), routing, alternatives, confidence: picked.confidence };
}

function toPartAnswer(decided: SentenceDecision): PartAnswer {
  if ("found" in decided)
    return { skill: decided.found.id, confidence: decided.confidence ?? 0, isTie: false };
  if ("none" in decided) return { skill: null, confidence: 0, isTie: false };
  const [best] = decided.choices;
  return { skill: best?.skill ?? null, confidence: best?.confidence ?? 0, isTie: true };
}

/** A skill that its own people ask for in steps is no half of such a request. */
function takesSteps(skill: Skill | undefined): boolean {
  const { ru = [], en = [] } = skill?.phrases ?? {};
  return [...ru, ...en].some((phrase) => splitSequence(phrase).length > 1);
}

/** Whoever asks for a list is not offered to delete it: unless its author has people ask so, this skill does not show. */
function isLookAtOther({ phrases }: Skill, query: string): boolean {
  return asksOnlyToLook(query) && ![...phrases.ru, ...phrases.en].some(asksOnlyToLook);
}

function toGiven(reached: CatalogueSnapshot["skills"], id: SkillId): RouteDecision {
  const skill = reached.get(id);
  if (!skill) return { refusal: toUnknownSkill(id, reached.keys()) };
  return { found: skill, routing: null, alternatives: [], confidence: null };
}

/** A deprecated skill that a sentence means is answered by its replacement. */
function toServing(reached: CatalogueSnapshot["skills"], skill: Skill): Skill {
  const replacement = skill.deprecated?.replacement;
  return (replacement === undefined ? undefined : reached.get(replacement)) ?? skill;
}
