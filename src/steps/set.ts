// The step `set`. It touches nothing.
import { z } from "zod";
import { defineStep } from "../kernel/domain/step-kind.ts";

/** `set`: names for values. Nothing leaves, nothing is remembered. */
export const set = defineStep({
  kind: "set",
  summary: { en: "Gives names to computed values.", ru: "Даёт имена вычисленным значениям." },
  with: z.record(z.string(), z.unknown()),
  effects: () => [],
  run: async (withValue, context) => context.resolve(withValue),
});
