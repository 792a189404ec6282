// Whom a limit or a pause is for, as callers write it.
import { z } from "zod";
import { parseSkillId } from "../../kernel/domain/id.ts";
import { joinLanguages } from "../../kernel/domain/text.ts";
import type { Payer } from "../../kernel/ports/guard.ts";

const SKILL = "skill:";

const FORMS = joinLanguages({
  en: "user:NAME, skill:DOMAIN/NAME or key:ID is needed, as user:anna@oysters.example; without it everything",
  ru: "нужно user:ИМЯ, skill:ОБЛАСТЬ/ИМЯ или key:КЛЮЧ, например user:anna@oysters.example; без этого всё вместе",
});

/** `tenant`, or one user, skill or key within it. A skill may be written with a dot. */
export const PayerScope = z
  .union(
    [
      z.literal("tenant"),
      z.templateLiteral([z.enum(["user", "skill", "key"]), ":", z.string().min(1).max(200)]),
    ],
    FORMS,
  )
  .default("tenant")
  .transform((payer): Payer => {
    const skill = payer.startsWith(SKILL) ? parseSkillId(payer.slice(SKILL.length)) : null;
    return skill === null ? payer : `${SKILL}${skill}`;
  });
