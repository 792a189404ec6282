// Deliveries of webhooks: public, judged by their signature alone. `/webhooks/{tenant}/{id}`, and `/webhooks/{id}` on this computer.
import type { Context, Hono } from "hono";
import { type TenantId, toTenantId } from "../../../kernel/domain/id.ts";
import type { Refusal } from "../../../kernel/domain/refusal.ts";
import type { Platform } from "../../../kernel/ports/platform.ts";
import { receiveWebhook } from "../../../operations/triggers/webhook-receive.ts";
import { readBody } from "../body.ts";
import { toLocale } from "../mount.ts";
import { toProblemResponse } from "../problem.ts";

/** Base64 makes an attachment a third longer; there may be more than one. */
const ROOM_FOR_ATTACHMENTS = 2;

/** No key would help here: what is missing is a signature. */
const SIGN = {
  en: {
    title: "Who sent this?",
    fix: "Sign the body as the webhook's scheme says, with its secret: POST /webhooks named both.",
  },
  ru: {
    title: "Кто это прислал?",
    fix: "Подпишите тело так, как велит схема вебхука, его секретом: то и другое задано в POST /webhooks.",
  },
} as const;

export function mountWebhooks(app: Hono, platform: Platform): void {
  app.post("/webhooks/:id", (context) => receive(platform, context, null));
  app.post("/webhooks/:tenant/:id", (context) =>
    receive(platform, context, toTenantId(context.req.param("tenant"))),
  );
}

async function receive(platform: Platform, context: Context, named: TenantId | null): Promise<Response> {
  const requestId = `q_${platform.ids.ulid()}`;
  const { raw } = context.req;
  const asked = context.req.query("tenant");
  const tenant = named ?? (asked === undefined ? null : toTenantId(asked));
  const body = await readBody(raw, {
    isRaw: true,
    limitBytes: platform.limits.attachmentBytes * ROOM_FOR_ATTACHMENTS,
  });
  const refuse = (refusal: Refusal): Response => {
    const problem = platform.describeRefusal(refusal, toLocale(raw), { requestId });
    return toProblemResponse(
      refusal.reason === "unauthenticated" ? { ...problem, ...SIGN[toLocale(raw)] } : problem,
    );
  };
  if ("refusal" in body) return refuse(body.refusal);
  const header = (name: string): string | null => raw.headers.get(name);
  const { reply, after } = await receiveWebhook(platform, {
    tenant,
    webhook: context.req.param("id") ?? "",
    requestId,
    header,
    body: body.bytes,
  });
  platform.background(after());
  return "refusal" in reply ? refuse(reply.refusal) : Response.json("body" in reply ? reply.body : null);
}
