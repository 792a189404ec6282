// Mounts operations as routes: reads the request, authenticates, parses the input, runs, answers. It knows no operation.
import type { Context, Hono } from "hono";
import type { Principal } from "../../kernel/domain/principal.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import { Refused } from "../../kernel/domain/refusal.ts";
import { parseBrokenSeal } from "../../kernel/domain/seal-broken.ts";
import type { Locale } from "../../kernel/domain/text.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { answerOnce } from "../../operations/answer-once.ts";
import { noteRefusal } from "../../operations/records/audit.ts";
import { toBrokenEvent } from "../../operations/records/broken-seals.ts";
import { findCallRefusal } from "../../operations/access/may-call.ts";
import { saveEvents } from "../../operations/records/loose-events.ts";
import type { Call, Operation, Reply } from "../../operations/operation.ts";
import type { TokenVerifier } from "./jwt.ts";
import { authenticate } from "./auth.ts";
import { toBadRequest, toTyped } from "./bad-request.ts";
import { MAX_JSON_BYTES, readBody } from "./body.ts";
import { toProblemResponse } from "./problem.ts";

export interface Surface {
  readonly platform: Platform;
  readonly verifier: TokenVerifier;
}

const DEFAULT_WAIT_MS = 30_000;
const NOBODY: Principal = {
  tenant: "ten_",
  user: "",
  role: "viewer",
  scopes: [],
  keyId: null,
  unlimited: false,
};

export function mount(
  app: Hono,
  operations: readonly Operation<unknown>[],
  open: (context: Context) => Surface,
): void {
  for (const operation of operations) {
    const [method = "GET", path = "/"] = operation.http.split(" ");
    app.on(method, path.replaceAll(/\{(\w+)\}/g, ":$1"), (context) =>
      answer(operation, context, open(context)),
    );
  }
}

async function answer(operation: Operation<unknown>, context: Context, surface: Surface): Promise<Response> {
  const { platform } = surface;
  const requestId = `q_${platform.ids.ulid()}`;
  const locale = toLocale(context.req.raw);
  const refuse: Answering["refuse"] = (refusal, facts = {}) => {
    const skill = typeof facts["skill"] === "string" ? facts["skill"] : undefined;
    const around = { requestId, timeZone: platform.timeZone, skill };
    return toProblemResponse({
      ...facts,
      ...platform.describeRefusal(toTyped(refusal, toChannel(context)), locale, around),
    });
  };

  const who =
    operation.permission === null
      ? { principal: NOBODY }
      : await authenticate(platform, surface.verifier, context.req.raw);
  if ("refusal" in who) return refuse(who.refusal);
  const forbidden = findCallRefusal(operation, who.principal);
  if (forbidden) {
    noteRefusal(platform, who.principal, { target: operation.name, refusal: forbidden });
    return refuse(forbidden);
  }
  const body = await readBody(context.req.raw, {
    isRaw: operation.rawBody === true,
    limitBytes:
      operation.rawBody === true || operation.largeBody === true
        ? platform.limits.attachmentBytes * 2
        : MAX_JSON_BYTES,
  });
  if ("refusal" in body) return refuse(body.refusal);
  const parsed = operation.input.safeParse({ ...context.req.query(), ...body.value, ...context.req.param() });
  if (!parsed.success) return refuse(toBadRequest(parsed.error, toChannel(context)));

  const call: Call<unknown> = {
    input: parsed.data,
    principal: who.principal,
    requestId,
    locale,
    bodyText: body.text,
    bodyBytes: body.bytes,
    notes: [],
    ...readHeaders(context),
  };
  const reply = await runOperation(operation, platform, call);
  if ("refusal" in reply && operation.permission !== null)
    noteRefusal(platform, who.principal, { target: operation.name, refusal: reply.refusal });
  return toResponse(reply, {
    refuse,
    requestId,
    platform,
    principal: who.principal,
  });
}

function toChannel(context: Context): "cli" | "http" {
  return context.req.header("x-skillos-channel") === "cli" ? "cli" : "http";
}

function readHeaders(context: Context) {
  const { pathname, search } = new URL(context.req.url);
  return {
    route: `${context.req.method} ${pathname}${search}`,
    channel: toChannel(context),
    idempotencyKey: context.req.header("idempotency-key") ?? null,
    contentType: context.req.header("content-type") ?? "",
    waitMs: toWait(context.req.header("prefer")),
    lastEventId: context.req.header("last-event-id") ?? null,
  };
}

/** What a reader of files or a parser refuses on the way of an operation is an answer like any other. */
async function runOperation(
  operation: Operation<unknown>,
  platform: Platform,
  call: Call<unknown>,
): Promise<Reply> {
  try {
    return await answerOnce(platform, operation, call);
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal };
    // Its key was looked up a moment ago, and its objects are empty by now: that is no mistake of ours.
    if (operation.permission !== null && (await platform.erasure.isErased(call.principal.tenant)))
      return { refusal: { reason: "unauthenticated" } };
    const broken = parseBrokenSeal(error);
    if (broken) return { refusal: broken, events: [toBrokenEvent(platform, call.requestId, broken)] };
    throw error;
  }
}

interface Answering {
  readonly refuse: (refusal: Refusal, facts?: Readonly<Record<string, unknown>>) => Response;
  readonly requestId: string;
  readonly platform: Platform;
  readonly principal: Principal;
}

function toResponse(reply: Reply, around: Answering): Response {
  // Of a request that became no run: after the answer, best effort. A run's own events are part of its record.
  if (reply.events && reply.events.length > 0) {
    const events = reply.events.map((event, n) => ({ id: `${around.requestId}:${n}`, event }));
    around.platform.background(saveEvents(around.platform, around.principal.tenant, events));
  }
  const { status = 200, headers } = reply;
  if ("refusal" in reply) return withHeaders(around.refuse(reply.refusal, reply.facts), headers);
  if ("text" in reply) return new Response(reply.text, { status, headers: { ...headers } });
  if ("bytes" in reply) return new Response(reply.bytes, { status, headers: { ...headers } });
  return Response.json(reply.body, { status, headers: { ...headers } });
}

function withHeaders(answer: Response, headers: Reply["headers"] = {}): Response {
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
  return answer;
}

export function toLocale(request: Request): Locale {
  const wanted = request.headers.get("accept-language") ?? "";
  return /^\s*ru\b/i.test(wanted) ? "ru" : "en";
}

/** RFC 7240: `Prefer: wait=10`. */
function toWait(prefer: string | undefined): number {
  const seconds = /(?:^|[,;\s])wait=(\d{1,4})\b/.exec(prefer ?? "")?.[1];
  return seconds === undefined ? DEFAULT_WAIT_MS : Math.min(Number(seconds) * 1000, 120_000);
}
