// The routing index, for who needs it: a request that names its skill is not kept waiting.
import type { RunRequest } from "../../kernel/domain/request.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import type { RoutingIndex } from "../../kernel/routing/index-type.ts";

export async function loadIndexFor(
  { catalogue }: Pick<Platform, "catalogue">,
  { skill, principal }: Pick<RunRequest, "skill" | "principal">,
  atLeast: number,
): Promise<RoutingIndex | null> {
  return skill === null ? (await catalogue.loadIndex(principal.tenant, atLeast)).index : null;
}
