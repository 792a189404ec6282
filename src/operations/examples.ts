// What one can ask, for somebody whose words were near no skill: phrases of the tenant's own skills that would run as
// they stand, cost nothing, need no key and only read. At most one of each domain.
import type { Locale } from "../kernel/domain/text.ts";
import { detectLocale } from "../kernel/domain/text.ts";
import { isReadOnly, type Plan } from "../kernel/domain/plan.ts";
import { toSecretKeys } from "../kernel/door/own-secrets.ts";
import type { RunRequest } from "../kernel/domain/request.ts";
import { prepareRun, type Surroundings } from "../kernel/pipeline.ts";
import type { CatalogueSnapshot } from "../kernel/ports/catalogue.ts";

/** Below this the best guess is none: naming it would send the person the wrong way. */
const NEAR = 0.1;
const MOST = 3;

/** Null: a skill is near enough to be named. */
export function findExamples(
  best: number,
  request: RunRequest,
  { snapshot, around }: { snapshot: CatalogueSnapshot; around: Surroundings },
): readonly string[] | null {
  if (best >= NEAR) return null;
  const locale: Locale = request.locale ?? detectLocale(request.query ?? "");
  const skills = [...snapshot.skills.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const found = new Map<string, string>();
  for (const { id, phrases } of skills) {
    const domain = id.split("/", 1)[0] ?? "";
    const [phrase] = phrases[locale];
    if (found.size >= MOST) break;
    if (found.has(domain) || phrase === undefined) continue;
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

function isHarmless(plan: Plan, { connectors }: CatalogueSnapshot): boolean {
  const needsKey = Object.keys(plan.pins.connectors).some((name) => {
    const connector = connectors.get(name);
    return connector !== undefined && toSecretKeys(connector).length > 0;
  });
  return isReadOnly(plan) && plan.forecast.upperMicroUsd === 0 && !needsKey;
}
