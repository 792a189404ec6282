// Whether what a new key is to reach is there. A skill that is named in full and is none is a slip; a pattern may wait for skills to come.
import type { Principal } from "../../kernel/domain/principal.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import { compileGlob, toReached } from "../../kernel/domain/skill-glob.ts";
import { toUnknownSkill } from "../../kernel/language/unknown-skill.ts";
import type { Platform } from "../../kernel/ports/platform.ts";

type Reached = { readonly refusal: Refusal } | { readonly idle: readonly string[] };

/** `idle`: patterns that name no skill yet. */
export async function findReached(
  platform: Platform,
  principal: Principal,
  globs: readonly string[],
): Promise<Reached> {
  if (globs.length === 0) return { idle: [] };
  const known = [...toReached(await platform.loadFresh(principal.tenant), principal).keys()];
  const idle = globs.filter((glob) => !known.some(compileGlob(glob)));
  const unknown = idle.find((glob) => !glob.includes("*"));
  return unknown === undefined ? { idle } : { refusal: toUnknownSkill(unknown, known) };
}
