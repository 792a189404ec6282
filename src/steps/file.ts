// The step `file`. The capability of the same name reads and writes; this says what a step may ask of it.
import { z } from "zod";
import { defineStep } from "../kernel/domain/step-kind.ts";

const With = z.union([
  z.strictObject({ read: z.unknown(), as: z.enum(["text", "pages", "csv", "xlsx", "kl_to_1c"]).optional() }),
  z.strictObject({ write: z.string(), rows: z.unknown(), as: z.enum(["csv"]).optional() }),
]);

/** `file`: reads an attachment, or makes a file of rows to download. Files are content-addressed, so a repeat makes the same one. */
export const file = defineStep({
  kind: "file",
  summary: { en: "Reads an attached file or makes one.", ru: "Читает приложенный файл или создаёт новый." },
  with: With,
  effects: (withValue) => [{ via: "file", request: withValue, times: 1 }],
  async run(withValue, context) {
    const answer = await context.perform({ via: "file", request: context.resolve(withValue) });
    return answer.value;
  },
});
