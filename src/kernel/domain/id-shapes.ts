// The identifiers as rows, messages and bodies hold them.
import { z } from "zod";
import { isRunId, parseSkillId, type SkillId } from "./id.ts";

/** Of what we wrote ourselves: a row, a message. */
export const TenantIdShape = z.templateLiteral(["ten_", z.string()]);

export const RunIdShape = z.string().refine(isRunId);

export const SkillIdShape = z.string().transform((text, context): SkillId => {
  const id = parseSkillId(text);
  if (id !== null) return id;
  context.addIssue({ code: "custom", message: `"${text}" is not a skill id: write domain/name` });
  return z.NEVER;
});
