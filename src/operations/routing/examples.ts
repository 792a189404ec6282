// What one can ask, for somebody whose words were near no skill: phrases of the tenant's own skills that would run as
// they stand, cost nothing, need no key and only read. At most one of each domain.
import type { SkillId } from "../../kernel/domain/id.ts";
import type { Locale } from "../../kernel/domain/text.ts";
import { detectLocale } from "../../kernel/domain/text.ts";
import { isReadOnly, type Plan } from "../../kernel/domain/plan.ts";
import { toSecretKeys } from "../../kernel/door/own-secrets.ts";
import type { Skill } from "../../kernel/domain/skill.ts";
import type { RunRequest } from "../../kernel/domain/request.ts";
import { prepareRun, type Surroundings } from "../../kernel/pipeline.ts";
import type { CatalogueSnapshot } from "../../kernel/ports/catalogue.ts";

/** Below this the best guess is none: naming it would send the person the wrong way. */
const NEAR = 0.1;
const MOST = 3;
/** Each one that is tried is planned, and a caller waits for it. */
const MOST_TRIED = 30;

interface Candidate {
  readonly id: SkillId;
  readonly domain: string;
  readonly phrase: string;
}

/** Null: a skill is near enough to be named. */
export function findExamples(
  best: number,
  request: RunRequest,
  { snapshot, around }: { snapshot: CatalogueSnapshot; around: Surroundings },
): readonly string[] | null {
  if (best >= NEAR) return null;
  const locale: Locale = request.locale ?? detectLocale(request.query ?? "");
  const found = new Map<string, string>();
  for (const { id, domain, phrase } of toCandidates(snapshot.skills.values(), locale)) {
    if (found.size >= MOST) break;
    if (found.has(domain)) continue;
    const { outcome } = prepareRun(snapshot, { ...request, query: phrase, input: {} }, around);
    if (
      outcome.prepared === "order" &&
      outcome.order.plan.skill === id &&
      isHarmless(outcome.order.plan, snapshot)
    )
      found.set(domain, phrase);
  }
  return [...found.values()];
}

/** One of each domain before a second of any: a large domain that only writes keeps no other from its turn. */
export function toCandidates(
  skills: Iterable<Pick<Skill, "id" | "phrases">>,
  locale: Locale,
): readonly Candidate[] {
  const turns = new Map<string, number>();
  return [...skills]
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap(({ id, phrases }) => {
      const domain = id.split("/", 1)[0] ?? "";
      const [phrase] = phrases[locale];
      if (phrase === undefined) return [];
      const turn = (turns.get(domain) ?? 0) + 1;
      turns.set(domain, turn);
      return [{ id, domain, phrase, turn }];
    })
    .toSorted((a, b) => a.turn - b.turn)
    .slice(0, MOST_TRIED);
}

function isHarmless(plan: Plan, { connectors }: CatalogueSnapshot): boolean {
  const needsKey = Object.keys(plan.pins.connectors).some((name) => {
    const connector = connectors.get(name);
    return connector !== undefined && toSecretKeys(connector).length > 0;
  });
  return isReadOnly(plan) && plan.forecast.upperMicroUsd === 0 && !needsKey;
}
