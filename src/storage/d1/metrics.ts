// Metrics are counted from the events when somebody asks: nothing is kept twice.
import type { TenantId } from "../../kernel/domain/id.ts";
import { FROM_EVENTS } from "./runs.ts";
import type { Metrics, MetricsStore, SkillMetrics } from "../../kernel/ports/metrics.ts";

const TOLD = `with told as (select event.value as body, event.value->>'event' as type
  ${FROM_EVENTS} where log.tenant = ?1 and log.at >= ?2)`;

/** `ntile` would need a window per percentile; ordering by rank within the skill gives both at once. */
const SKILLS = `${TOLD}, ended as (
    select body->>'skill_id' as skill, body->>'status' as status, body->>'latency_ms' as latency,
      body->>'cost_usd' as cost, body->>'tokens_used' as tokens
    from told where type = 'execution_result'),
  ranked as (select *, row_number() over (partition by skill order by latency) as place, count(*) over (partition by skill) as runs from ended)
  select skill, max(runs) as runs, avg(status in ('succeeded', 'planned')) as success, sum(cost) as cost, sum(tokens) as tokens,
    max(case when place = (runs + 1) / 2 then latency end) as p50,
    max(case when place = (runs * 95 + 99) / 100 then latency end) as p95
  from ranked group by skill order by runs desc`;

const TOTALS = `${TOLD} select
    sum(type = 'request_received') as requests,
    sum(type = 'routing_decision' and body->>'skill_id' is null) as unfound,
    sum(type = 'routing_decision') as decisions,
    avg(case when type = 'routing_candidates' then body->>'confidence' end) as confidence,
    sum(type = 'feedback_received') as overrides,
    sum(type = 'policy_decision' and body->>'result' = 'denied') as denied,
    sum(type = 'policy_decision' and body->>'result' = 'approval_required') as approvals,
    sum(type = 'budget_check' and body->>'result' = 'blocked') as blocked
  from told`;

const ERRORS = `${TOLD} select body->>'error_class' as error, count(*) as n from told
  where type = 'execution_result' and body->>'error_class' is not null group by 1`;

type Row = Record<string, unknown>;

export class D1Metrics implements MetricsStore {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async load(tenant: TenantId, since: number): Promise<Metrics> {
    const [skills, totals, errors] = await this.#db.batch<Row>(
      [SKILLS, TOTALS, ERRORS].map((statement) => this.#db.prepare(statement).bind(tenant, since)),
    );
    return {
      ...toTotals(totals?.results[0] ?? {}),
      errors: Object.fromEntries(
        (errors?.results ?? []).map((row) => [String(row["error"]), Number(row["n"])]),
      ),
      skills: (skills?.results ?? []).map(toSkill),
    };
  }
}

function toTotals(row: Row): Omit<Metrics, "errors" | "skills"> {
  const count = (name: string): number => Number(row[name] ?? 0);
  const share = (name: string, of: string): number => (count(of) === 0 ? 0 : count(name) / count(of));
  return {
    requests: count("requests"),
    no_skill_found_rate: share("unfound", "decisions"),
    override_rate: share("overrides", "requests"),
    confidence_mean: typeof row["confidence"] === "number" ? row["confidence"] : null,
    permission_denied: count("denied"),
    approval_required: count("approvals"),
    budget_blocked: count("blocked"),
  };
}

function toSkill(row: Row): SkillMetrics {
  return {
    skill: String(row["skill"]),
    runs: Number(row["runs"]),
    success_rate: Number(row["success"]),
    latency_ms_p50: Number(row["p50"] ?? 0),
    latency_ms_p95: Number(row["p95"] ?? 0),
    cost_usd: Number(row["cost"] ?? 0),
    tokens: Number(row["tokens"] ?? 0),
  };
}
