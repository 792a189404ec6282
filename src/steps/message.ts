// The step `message`: a mail to people. Whether and how it leaves is for the capability of the same name and the door.
import { z } from "zod";
import { MAX_READERS } from "../kernel/domain/mail.ts";
import { defineStep } from "../kernel/domain/step-kind.ts";

const With = z.strictObject({
  to: z.union([z.string(), z.array(z.string()).min(1).max(MAX_READERS)]),
  subject: z.string(),
  text: z.string(),
});

/** How many people hear of it: an expression may be one address or a list of them. */
function toReaders(to: string | readonly string[]): number | null {
  const all = [to].flat();
  return all.some((address) => address.includes("${{")) ? null : all.length;
}

/** `message`: a write to somebody outside. It is planned, agreed to and journaled like every other write. */
export const message = defineStep({
  kind: "message",
  summary: { en: "Sends a mail.", ru: "Отправляет письмо." },
  with: With,
  effects: (withValue) => [{ via: "message", request: withValue, times: toReaders(withValue.to) }],
  async run(withValue, context) {
    const answer = await context.perform({ via: "message", request: context.resolve(withValue) });
    return answer.value;
  },
});
