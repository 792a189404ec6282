// A mail as an effect: a write to addresses outside, one entity a reader. Mail cannot be taken back and no server promises to
// drop the second of two, so one that may have left is asked about and never sent again.
import { z } from "zod";
import type { EffectFacts } from "../../kernel/domain/effect.ts";
import {
  isMailAddress,
  type Mail,
  MAX_MAIL_CHARACTERS,
  MAX_READERS,
  toMessageId,
  toSubject,
} from "../../kernel/domain/mail.ts";
import { Refused } from "../../kernel/domain/refusal.ts";
import type { Capability, CapabilityAnswer, CapabilityIo, Preview } from "../../kernel/ports/capability.ts";

const Request = z.object({
  to: z.union([z.string(), z.array(z.string())]).transform((to) => [to].flat()),
  subject: z.string(),
  text: z.string(),
});
type Request = z.infer<typeof Request>;

export function createMessageCapability(): Capability {
  return {
    via: "message",
    describe: (request) => toFacts(parse(request)),
    preview: async (request) => toPreview(check(parse(request))),
    call: (request, _connector, io) => send(check(parse(request)), io),
  };
}

function parse(request: unknown): Request {
  const parsed = Request.safeParse(request);
  if (parsed.success) return parsed.data;
  throw new Refused({
    reason: "bad_request",
    message: {
      en: "A message has `to` (an address or a list of them), `subject` and `text`.",
      ru: "У сообщения есть `to` (адрес или список адресов), `subject` и `text`.",
    },
  });
}

/** Templates may still stand in a plan, so nothing is checked here. */
function toFacts({ to }: Request): EffectFacts {
  const target = to.length === 1 ? `mail ${to[0] ?? ""}` : `mail to ${to.length} addresses`;
  return { class: "write", target, resend: "never", upperMicroUsd: 0 };
}

function check(request: Request): Request {
  const { to, text } = request;
  const wrong = to.find((address) => !isMailAddress(address));
  if (wrong !== undefined || to.length === 0)
    throw refuse(
      `"${wrong ?? ""}" is no mail address. Nothing was sent.`,
      `«${wrong ?? ""}» — не адрес почты. Ничего не отправлено.`,
    );
  if (to.length > MAX_READERS)
    throw refuse(
      `A message goes to at most ${MAX_READERS} addresses, not ${to.length}. Nothing was sent.`,
      `Сообщение уходит не больше чем на ${MAX_READERS} адресов, а их ${to.length}. Ничего не отправлено.`,
    );
  if (text.length > MAX_MAIL_CHARACTERS)
    throw refuse(
      `A message has at most ${MAX_MAIL_CHARACTERS} characters, and this one ${text.length}. Nothing was sent.`,
      `В сообщении не больше ${MAX_MAIL_CHARACTERS} знаков, а здесь ${text.length}. Ничего не отправлено.`,
      "text",
    );
  return request;
}

function refuse(en: string, ru: string, field = "to"): Refused {
  return new Refused({ reason: "bad_request", message: { en, ru }, field });
}

function toPreview({ to, subject, text }: Request): Preview {
  const entities = [...new Set(to)].map((address) => ({
    id: address,
    label: `${address}: ${toSubject(subject)}`,
    after: { to: address, subject: toSubject(subject), text },
  }));
  return { entities, total: entities.length, value: { sent: entities.length } };
}

async function send(request: Request, io: CapabilityIo): Promise<CapabilityAnswer> {
  const to = [...new Set(request.to)];
  const done = { value: { sent: to.length }, costMicroUsd: 0, total: to.length };
  // Practice: nothing leaves the machine, and the run says so.
  if (io.data === "practice") return { ...done, origin: "practice" };
  const mail: Mail = {
    to,
    subject: toSubject(request.subject),
    text: request.text,
    messageId: toMessageId(io.key),
    at: io.now,
  };
  await io.mail(mail);
  return done;
}
