// The `.test.yaml` beside a skill: its cases, or the first mistake in it.
import { parse } from "yaml";
import { z } from "zod";

const Cases = z.strictObject({
  cases: z
    .array(
      z.strictObject({
        name: z.string(),
        query: z.string().optional(),
        input: z.record(z.string(), z.unknown()).optional(),
        locale: z.enum(["ru", "en"]).optional(),
        now: z.iso.datetime({ offset: true }).optional(),
        mode: z.enum(["dry_run"]).optional(),
        approval: z.literal("approved").optional(),
        tables: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))).optional(),
        mock: z.record(z.string(), z.unknown()).optional(),
        expect: z.strictObject({
          status: z.string().optional(),
          result: z.unknown().optional(),
          answer: z.string().optional(),
          missing: z.array(z.string()).optional(),
          code: z.string().optional(),
          writes: z.number().int().optional(),
        }),
      }),
    )
    .min(1),
});
export type SkillCase = z.infer<typeof Cases>["cases"][number];

export function parseTestFile(
  text: string,
): { readonly cases: readonly SkillCase[] } | { readonly mistake: string } {
  let content: unknown;
  try {
    content = parse(text, { maxAliasCount: 20 });
  } catch (error) {
    return { mistake: error instanceof Error ? error.message : String(error) };
  }
  const parsed = Cases.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return { mistake: `${issue?.path.join(".")}: ${issue?.message}` };
}
