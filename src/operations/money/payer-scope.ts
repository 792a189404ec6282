// Whom a limit or a pause is for, as callers write it.
import { z } from "zod";
import { parseSkillId } from "../../kernel/domain/id.ts";
import type { Payer } from "../../kernel/ports/guard.ts";

const SKILL = "skill:";

/** `tenant`, or one user, skill or key within it. A skill may be written with a dot. */
export const PayerScope = z
  .union([
    z.literal("tenant"),
    z.templateLiteral([z.enum(["user", "skill", "key"]), ":", z.string().min(1).max(200)]),
  ])
  .default("tenant")
  .transform((payer): Payer => {
    const skill = payer.startsWith(SKILL) ? parseSkillId(payer.slice(SKILL.length)) : null;
    return skill === null ? payer : `${SKILL}${skill}`;
  });
