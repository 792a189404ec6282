// Where embeddings are asked at all: an answer that is sure without them costs nothing and changes for nobody.
import type { RoutingDecision } from "../document.ts";

const SURE = 0.9;

export function isUnsure({
  decision,
  confidence,
}: {
  readonly decision: RoutingDecision;
  readonly confidence: number;
}): boolean {
  return decision !== "match" || confidence < SURE;
}
