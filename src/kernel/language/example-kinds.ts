// Step kinds for the tests of this folder: the shapes of real ones, and no work.
import { z } from "zod";
import { defineStep, type StepKind } from "../domain/step-kind.ts";

function aKind<With>(
  kind: string,
  withSchema: StepKind<With>["with"],
  locals?: readonly string[],
): StepKind<unknown> {
  return defineStep<With>({
    kind,
    summary: { ru: kind, en: `What ${kind} does` },
    with: withSchema,
    locals,
    effects: () => [],
    run: async () => null,
  });
}

export const EXAMPLE_KINDS = [
  aKind("set", z.record(z.string(), z.unknown())),
  aKind(
    "sql",
    z.union([z.string(), z.strictObject({ connector: z.string().optional(), query: z.string() })]),
  ),
  aKind(
    "http",
    z.strictObject({
      get: z.string().optional(),
      post: z.string().optional(),
      connector: z.string().optional(),
      as: z.enum(["json", "xml"]).optional(),
      query: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
  aKind("parallel", (steps) => z.record(z.string(), steps)),
  aKind("foreach", (steps) => z.strictObject({ in: z.unknown(), steps }), ["item"]),
];
