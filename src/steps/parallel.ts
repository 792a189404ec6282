// The step `parallel`: branches at the same time, a few at once.
import { z } from "zod";
import { joinLanguages } from "../kernel/domain/text.ts";
import { isStepId } from "../kernel/domain/id.ts";
import type { Step } from "../kernel/domain/skill.ts";
import { findFailure } from "../kernel/domain/refusal.ts";
import { refuseWith } from "../kernel/language/skill-file-issues.ts";
import { toWrongName } from "../kernel/language/skill-file-mistake.ts";
import { defineStep } from "../kernel/domain/step-kind.ts";

const MAX_BRANCHES = 16;
/** SKILLOS_PARALLEL_LIMIT of the specification: how many branches run at one moment. */
const AT_ONCE = 4;

const toNotABranch = (name: string) => ({
  ru: `${name}: так назвать ветку нельзя.`,
  en: `${name} cannot be the name of a branch.`,
});

/** `parallel`: named lists of steps that run beside each other; the first failure ends them all. */
export const parallel = defineStep<Readonly<Record<string, readonly Step[]>>>({
  kind: "parallel",
  summary: { en: "Runs branches of steps at the same time.", ru: "Выполняет ветки шагов одновременно." },
  with: (steps) =>
    z
      .record(z.string(), steps)
      .refine((branches) => Object.keys(branches).length <= MAX_BRANCHES, {
        message: joinLanguages({
          en: `At most ${MAX_BRANCHES} branches.`,
          ru: `Не больше ${MAX_BRANCHES} ветвей.`,
        }),
      })
      .superRefine((branches, context) => {
        for (const name of Object.keys(branches))
          if (!isStepId(name)) refuseWith(context, toWrongName(toNotABranch(name)), [name]);
      }),
  effects: () => [],
  blocks: (branches) => branches,
  async run(branches, context) {
    const waiting = Object.entries(branches);
    const values: Record<string, unknown> = {};
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [name, steps] = next;
        try {
          values[name] = await context.runBlock(steps, name);
        } catch (error) {
          // No branch starts after one has failed; those on their way are waited for.
          waiting.length = 0;
          throw error;
        }
      }
    };
    const failed = findFailure(await Promise.allSettled(Array.from({ length: AT_ONCE }, worker)));
    if (failed) throw failed.reason;
    return Object.fromEntries(Object.keys(branches).map((name) => [name, values[name]]));
  },
});
