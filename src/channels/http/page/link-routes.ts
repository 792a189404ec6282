// A question opened by the link of its mail, without a key. Looking changes nothing, whoever or whatever looks; a decision is a
// POST of this very page and uses the link up.
import type { Context } from "hono";
import { Hono } from "hono";
import { APPROVAL_PATH, toApprovalId } from "../../../kernel/domain/id.ts";
import type { Principal } from "../../../kernel/domain/principal.ts";
import type { Refusal } from "../../../kernel/domain/refusal.ts";
import type { Platform } from "../../../kernel/ports/platform.ts";
import { type OpenedLink, openLink, USED } from "../../../operations/approvals/approval-links.ts";
import { Answer } from "./answer.ts";
import { type Api, type CallApi, type Outcome, send } from "./api.ts";
import { toCsv } from "./csv.ts";
import { sendDecision } from "./decide.ts";
import { parseForm } from "./form.ts";
import { toLanguage } from "./language.ts";
import { HEADERS } from "./headers.ts";
import type { PageModel, View } from "./model.ts";
import { NOTHING_ASKED } from "./model.ts";
import { isOwnPost } from "./origin.ts";
import { renderPage } from "./page.ts";
import { readForm } from "./read-form.ts";
import { toPlanTable } from "./tables.ts";

export type CallAs = (principal: Principal) => CallApi;

/** A preview or a prefetch of a browser, a messenger or a mail scanner (https://developer.mozilla.org/docs/Web/HTTP/Headers/Sec-Purpose). */
const AHEAD = ["purpose", "sec-purpose", "x-purpose", "x-moz"] as const;

export function linkRoutes(platform: Platform, callAs: CallAs): Hono {
  const app = new Hono();
  const at = `${APPROVAL_PATH}:token`;
  app.get(at, async (context) => {
    const opened = await openLink(platform, toToken(context));
    const page = new LinkPage(platform, context);
    if ("refusal" in opened) return page.refuse(opened.refusal);
    return page.draw(toView(await load(opened, toApi(context, callAs(opened.principal)))));
  });
  app.post(at, (context) => decide(platform, context, callAs));
  app.get(`${at}/list.csv`, async (context) => {
    const opened = await openLink(platform, toToken(context));
    if ("refusal" in opened) return new LinkPage(platform, context).refuse(opened.refusal);
    const run = await load(opened, toApi(context, callAs(opened.principal)));
    const writes = "value" in run ? (run.value.plan?.manifest ?? []) : [];
    return new Response(toCsv(toPlanTable(writes), toLocale(context)), {
      headers: {
        ...HEADERS,
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="list.csv"',
      },
    });
  });
  return app;
}

function toToken(context: Context): string {
  return context.req.param("token") ?? "";
}

function toLocale(context: Context): PageModel["locale"] {
  return toLanguage(
    (name) => context.req.query(name),
    (name) => context.req.header(name),
  );
}

function toApi(context: Context, call: CallApi): Api {
  return { call, from: context.req.raw, locale: toLocale(context) };
}

function load({ run }: OpenedLink, api: Api): Promise<Outcome<Answer>> {
  return send(api, `GET /runs/${encodeURIComponent(run.id)}`, { as: Answer });
}

function toView(outcome: Outcome<Answer>): View {
  return "value" in outcome
    ? { view: "answer", answer: outcome.value }
    : { view: "problem", problem: outcome.problem, again: null };
}

async function decide(platform: Platform, context: Context, callAs: CallAs): Promise<Response> {
  const page = new LinkPage(platform, context);
  if (!isFromPage(context)) return context.text(NOT_FROM_PAGE, 403);
  const form = await readForm(context.req.raw);
  if ("reason" in form) return page.refuse(form);
  const opened = await openLink(platform, toToken(context));
  if ("refusal" in opened) return page.refuse(opened.refusal);
  const posted = parseForm(form);
  const isAnswer = posted.post === "approval" && ["yes", "no"].includes(String(form.get("do")));
  // Neither yes nor no, or of another question: nothing is taken for an answer.
  if (!isAnswer || posted.id !== toApprovalId(opened.run.id)) return page.refuse(NO_ANSWER);
  const { link, principal } = opened;
  if (!(await platform.approvalLinks.use(link.hash, platform.clock.now()))) return page.refuse(USED);
  const outcome = await sendDecision(toApi(context, callAs(principal)), posted);
  if ("value" in outcome) return page.draw({ view: "decided", isYes: posted.yes, answer: outcome.value });
  // Not taken for a decision: the link is as good as before.
  if (outcome.problem.status !== 409) await platform.approvalLinks.giveBack(link.hash);
  return page.draw(toView(outcome));
}

/** In both: whoever asks this way is no browser, and seldom says which language he reads. */
const NOT_FROM_PAGE = "Open the page itself and answer there.\nОткройте саму страницу и ответьте на ней.\n";
const NO_ANSWER: Refusal = {
  reason: "bad_request",
  message: { en: "This is no answer to the question.", ru: "Это не ответ на вопрос." },
  mend: {
    en: "Open the link again and press yes or no.",
    ru: "Откройте ссылку снова и нажмите «да» или «нет».",
  },
};

/** Whoever fetches ahead of a person decides nothing for him. */
function isFromPage(context: Context): boolean {
  if (AHEAD.some((name) => /prefetch|preview|prerender/i.test(context.req.header(name) ?? ""))) return false;
  return isOwnPost({
    site: context.req.header("sec-fetch-site") ?? null,
    origin: context.req.header("origin") ?? null,
    host: context.req.header("host") ?? new URL(context.req.url).host,
  });
}

class LinkPage {
  readonly #platform: Platform;
  readonly #context: Context;

  constructor(platform: Platform, context: Context) {
    this.#platform = platform;
    this.#context = context;
  }

  refuse(refusal: Refusal): Response {
    const around = { requestId: `q_${this.#platform.ids.ulid()}` };
    const problem = this.#platform.describeRefusal(refusal, toLocale(this.#context), around);
    return this.draw({ view: "problem", problem, again: null });
  }

  draw(view: View): Response {
    const { timeZone, ids, surroundings } = this.#platform;
    const locale = toLocale(this.#context);
    const model: PageModel = {
      locale,
      view,
      asked: NOTHING_ASKED,
      recent: [],
      key: ids.secret(),
      timeZone: (view.view === "answer" && view.answer.time_zone) || timeZone,
      isLocal: false,
      link: APPROVAL_PATH + toToken(this.#context),
      wantsToken: surroundings.approvalToken !== null,
    };
    const status = view.view === "problem" ? view.problem.status : 200;
    const headers = { ...HEADERS, "content-language": locale, "x-robots-tag": "noindex" };
    return new Response(renderPage(model), { status, headers });
  }
}
