// The HTTP channel: operations as routes, and what is not an operation beside them.
import { type Context, Hono } from "hono";
import { describeInternal } from "../refusals.ts";
import { noteBrokenSeal } from "../../operations/records/broken-seals.ts";
import { OPERATIONS } from "../../operations/index.ts";
import { Fault, invariant } from "../../kernel/domain/refusal.ts";
import { parseBrokenSeal } from "../../kernel/domain/seal-broken.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { actAs } from "./auth.ts";
import type { TokenVerifier } from "./jwt.ts";
import { mount, toLocale } from "./mount.ts";
import { mountOpenApi } from "./openapi.ts";
import { type CallAs, linkRoutes } from "./page/link-routes.ts";
import { pageRoutes } from "./page/routes.ts";
import { toProblemResponse } from "./problem.ts";
import { mountWebhooks } from "./routes/webhooks.ts";
import { toUnavailable } from "../../kernel/domain/unavailable.ts";

export function createApp(platform: Platform, verifier: TokenVerifier): Hono {
  const app = new Hono();
  if (platform.closed !== null) return app.all("*", (context) => refuseAll(platform, context));
  mount(app, OPERATIONS, () => ({ platform, verifier }));
  mountWebhooks(app, platform);
  mountOpenApi(app, platform, OPERATIONS);
  app.route("/", pageRoutes(toPageCall(app, platform), toPageSettings(platform)));
  const callAs: CallAs = (principal) => async (request) => app.fetch(actAs(request, principal));
  app.route("/", linkRoutes(platform, callAs));
  app.notFound((context) => {
    const refusal = { reason: "not_found", what: "path", id: new URL(context.req.url).pathname } as const;
    return toProblemResponse(
      platform.describeRefusal(refusal, toLocale(context.req.raw), { requestId: `q_${platform.ids.ulid()}` }),
    );
  });
  app.onError((error, context) => {
    const requestId = `q_${platform.ids.ulid()}`;
    const locale = toLocale(context.req.raw);
    // The one place where a mistake of ours is caught: exact in the log, vague outside.
    // oxlint-disable-next-line no-console
    console.error(requestId, error);
    const broken = parseBrokenSeal(error);
    if (broken) {
      noteBrokenSeal(platform, broken, { requestId, path: new URL(context.req.url).pathname });
      return toProblemResponse(platform.describeRefusal(broken, locale, { requestId }));
    }
    const fault = error instanceof Fault ? error : platform.findFault(error);
    if (fault?.retry === "later") {
      const refusal = toUnavailable(fault.message);
      return toProblemResponse(platform.describeRefusal(refusal, locale, { requestId }));
    }
    return toProblemResponse(describeInternal(locale, requestId));
  });
  return app;
}

/** `/health` too: what cannot keep anything does not serve. */
function refuseAll({ closed, describeRefusal, ids }: Platform, context: Context): Response {
  invariant(closed, "it is closed");
  const requestId = `q_${ids.ulid()}`;
  return toProblemResponse(describeRefusal(closed, toLocale(context.req.raw), { requestId }));
}

/**
 * The page calls the same operations as everybody. On its owner's computer it acts for the owner (the page's routes check
 * host and origin first); deployed, a browser has to bring a key, until there are sessions.
 */
function toPageCall(app: Hono, platform: Platform): (request: Request) => Promise<Response> {
  return async (request) => {
    const owner = platform.environment === "local" ? await platform.identity.findLocalOwner() : null;
    return app.fetch(owner === null ? request : actAs(request, owner));
  };
}

function toPageSettings(platform: Platform) {
  return {
    isLocal: platform.environment === "local",
    timeZone: platform.timeZone,
    newKey: () => platform.ids.secret(),
    wantsToken: platform.surroundings.approvalToken !== null,
  };
}
