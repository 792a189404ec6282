// How routing and runs have gone, as people read it.
import type { TenantId } from "../domain/id.ts";

export interface SkillMetrics {
  readonly skill: string;
  readonly runs: number;
  readonly success_rate: number;
  readonly latency_ms_p50: number;
  readonly latency_ms_p95: number;
  readonly cost_usd: number;
  readonly tokens: number;
}

export interface Metrics {
  readonly requests: number;
  readonly no_skill_found_rate: number;
  readonly override_rate: number;
  readonly confidence_mean: number | null;
  readonly errors: Readonly<Record<string, number>>;
  readonly permission_denied: number;
  readonly approval_required: number;
  readonly budget_blocked: number;
  readonly skills: readonly SkillMetrics[];
}

export interface MetricsStore {
  load(tenant: TenantId, since: number): Promise<Metrics>;
}
