// The catalogue as one caller sees it: a skill that his key does not reach is not there.
import type { Principal } from "../../kernel/domain/principal.ts";
import { toReached } from "../../kernel/domain/skill-glob.ts";
import type { CatalogueSnapshot } from "../../kernel/ports/catalogue.ts";
import type { Platform } from "../../kernel/ports/platform.ts";

export async function loadSeen(platform: Platform, principal: Principal): Promise<CatalogueSnapshot> {
  const catalogue = await platform.loadFresh(principal.tenant);
  const skills = toReached(catalogue, principal);
  return skills === catalogue.skills ? catalogue : { ...catalogue, skills };
}
