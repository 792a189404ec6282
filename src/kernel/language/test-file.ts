// The `.test.yaml` beside a skill: its cases, or every mistake in it.
import { z } from "zod";
import type { FileMistake } from "../domain/refusal.ts";
import { exchangeShape } from "./fixture-file.ts";
import { checkShape, refuseWith } from "./skill-file-issues.ts";
import { toOrdered } from "./skill-file-mistake.ts";
import { parseYaml } from "./skill-file-yaml.ts";

const MAX_CASES = 500;

const timeShape = z.string().transform((text, context) => {
  if (z.iso.datetime({ offset: true }).safeParse(text).success) return text;
  refuseWith(context, {
    rule: "wrong_time",
    message: {
      ru: `${text}: это не время со сдвигом от UTC.`,
      en: `${text} is not a time with its offset from UTC.`,
    },
    mend: { ru: "Напишите так: 2026-11-21T12:00:00+03:00.", en: "Write it like 2026-11-21T12:00:00+03:00." },
  });
  return z.NEVER;
});

const caseShape = z.strictObject({
  name: z.string().min(1),
  query: z.string().optional(),
  input: z.record(z.string(), z.unknown()).optional(),
  locale: z.enum(["ru", "en"]).optional(),
  now: timeShape.optional(),
  mode: z.enum(["dry_run"]).optional(),
  approval: z.enum(["approved"]).optional(),
  tables: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))).optional(),
  mock: z.record(z.string(), z.array(exchangeShape).max(500)).optional(),
  expect: z.strictObject({
    status: z.string().optional(),
    result: z.unknown().optional(),
    answer: z.string().optional(),
    missing: z.array(z.string()).optional(),
    code: z.string().optional(),
    writes: z.number().int().optional(),
  }),
});
export type SkillCase = z.infer<typeof caseShape>;

const testShape = z.strictObject({ cases: z.array(caseShape).min(1).max(MAX_CASES) });

type TestFileAnswer =
  | { readonly cases: readonly SkillCase[] }
  | { readonly mistakes: readonly FileMistake[] };

export function parseTestFile(path: string, text: string): TestFileAnswer {
  const yaml = parseYaml(path, text);
  const mistakes = [...yaml.mistakes];
  const checked = yaml.isReadable
    ? checkShape(testShape, yaml.value ?? {}, { yaml, path: [], mistakes })
    : null;
  return checked === null || mistakes.length > 0 ? { mistakes: toOrdered(mistakes) } : checked.value;
}
