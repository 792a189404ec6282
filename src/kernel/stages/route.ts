// Which skill a request means. A skill that the caller may not run is neither chosen nor named.
import type { SkillId } from "../domain/id.ts";
import type { RefusalOf } from "../domain/refusal.ts";
import type { RunRequest } from "../domain/request.ts";
import type { Understanding } from "../domain/run.ts";
import type { Skill } from "../domain/skill.ts";
import { toReached } from "../domain/skill-glob.ts";
import { toUnknownSkill } from "../language/unknown-skill.ts";
import type { CatalogueSnapshot } from "../ports/catalogue.ts";
import type { RoutingResult } from "../routing/document.ts";
import type { Likeness } from "../routing/likeness/figures.ts";
import { holdsBack } from "../routing/holding-back.ts";
import { asksOnlyToLook } from "../routing/looking.ts";
import { routeOnce } from "../routing/kept-answers.ts";

export type Alternatives = Understanding["alternatives"];

export type RouteDecision =
  | { readonly found: Skill; readonly routing: RoutingResult | null; readonly alternatives: Alternatives }
  | { readonly choices: Alternatives; readonly routing: RoutingResult }
  | { readonly none: true; readonly alternatives: Alternatives; readonly routing: RoutingResult }
  | { readonly refusal: RefusalOf<"not_found"> | RefusalOf<"bad_request"> };

export interface RouteRules {
  /** Whether running it could write or delete. */
  readonly mayChange: (skill: Skill) => boolean;
  readonly likeness?: Likeness | undefined;
}

export function decideRoute(
  snapshot: CatalogueSnapshot,
  request: RunRequest,
  { mayChange, likeness }: RouteRules,
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
  // The index is of all skills of the tenant.
  const allowed = (id: SkillId): boolean => reached.has(id);
  const routing = routeOnce(snapshot.index, request.query, {
    tags: request.tags,
    globs: request.principal.skills,
    allowed,
    likeness,
  });
  const [first, ...rest] = routing.candidates;
  const alternatives = rest.map((candidate) => ({ skill: candidate.id, confidence: candidate.confidence }));
  if (routing.decision === "no_skill_found" || !first) {
    const all = routing.candidates.map((candidate) => ({
      skill: candidate.id,
      confidence: candidate.confidence,
    }));
    return { none: true, alternatives: all, routing };
  }
  if (routing.decision === "choose") {
    return {
      choices: routing.candidates
        .slice(0, 2)
        .map((candidate) => ({ skill: candidate.id, confidence: candidate.confidence })),
      routing,
    };
  }
  const chosen = snapshot.skills.get(first.id);
  if (!chosen) return { refusal: { reason: "not_found", what: "skill", id: first.id } };
  const isOther = holdsBack(request.query) || isLookAtOther(chosen, request.query);
  if (isOther && mayChange(chosen)) return { none: true, alternatives, routing };
  return { found: toServing(reached, chosen), routing, alternatives };
}

/** Whoever asks for a list is not offered to delete it: unless its author has people ask so, this skill does not show. */
function isLookAtOther({ phrases }: Skill, query: string): boolean {
  return asksOnlyToLook(query) && ![...phrases.ru, ...phrases.en].some(asksOnlyToLook);
}

function toGiven(reached: CatalogueSnapshot["skills"], id: SkillId): RouteDecision {
  const skill = reached.get(id);
  if (!skill) return { refusal: toUnknownSkill(id, reached.keys()) };
  return { found: skill, routing: null, alternatives: [] };
}

/** A deprecated skill that a sentence means is answered by its replacement. */
function toServing(reached: CatalogueSnapshot["skills"], skill: Skill): Skill {
  const replacement = skill.deprecated?.replacement;
  return (replacement === undefined ? undefined : reached.get(replacement)) ?? skill;
}
