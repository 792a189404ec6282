// How risky a plan is, from 0 to 20, by what it may do. A missing permission is 20. It never decides who may do it.
import { HIGHEST_RISK } from "../../domain/risk.ts";

export interface RiskFacts {
  readonly baseRisk: number;
  readonly permissionMismatch: boolean;
  readonly externalApi: boolean;
  readonly writes: boolean;
  readonly deletes: boolean;
}

const EXTERNAL_API = 2;
const WRITE = 3;
const DELETE = 5;

export function scoreRisk(facts: RiskFacts): number {
  if (facts.permissionMismatch) return HIGHEST_RISK;
  const added =
    (facts.externalApi ? EXTERNAL_API : 0) + (facts.writes ? WRITE : 0) + (facts.deletes ? DELETE : 0);
  return Math.min(HIGHEST_RISK, facts.baseRisk + added);
}
