// The routes of the page. They hold no state and know no secret: everything is asked of the JSON operations through `call`.
import type { Context } from "hono";
import { type BothLanguages, toPlain } from "../../../kernel/domain/text.ts";
import { Hono } from "hono";
import { parseApprovalId } from "../../../kernel/domain/id.ts";
import { describeRefusal } from "../../refusals.ts";
import { Answer, RunList } from "./answer.ts";
import type { Api, CallApi } from "./api.ts";
import { send } from "./api.ts";
import { toCsv } from "./csv.ts";
import type { Shown } from "./decide.ts";
import { decidePost } from "./decide.ts";
import { parseForm } from "./form.ts";
import { HEADERS } from "./headers.ts";
import { toKnown, toLanguage, toLanguageCookie } from "./language.ts";
import type { PageModel, View } from "./model.ts";
import { NOTHING_ASKED } from "./model.ts";
import { isLocalHost, isOwnPost } from "./origin.ts";
import { renderPage } from "./page.ts";
import { readForm } from "./read-form.ts";
import { toRunLink } from "./run-link.ts";
import { findCodePage } from "./state-view.ts";
import { toMainTable, toPlanTable } from "./tables.ts";

export interface PageSettings {
  /** The owner's own computer: other host names are refused. */
  readonly isLocal: boolean;
  readonly timeZone: string;
  /** Chance for Idempotency-Keys. */
  readonly newKey: () => string;
  /** A yes needs the operator's token. */
  readonly wantsToken?: boolean;
}

const RECENT_RUNS = 8;

export function pageRoutes(call: CallApi, settings: PageSettings): Hono {
  const app = new Hono();
  // Route by route and not as a middleware of `*`: the operations beside the page have their own rules.
  const guarded = (show: (context: Context, api: Api) => Promise<Response>) => async (context: Context) => {
    const refusal = findRefusal(context, settings);
    if (refusal !== null) return context.text(toPlain(refusal, toLocale(context)), 403);
    return show(context, { call, from: context.req.raw, locale: toLocale(context) });
  };
  app.get(
    "/",
    guarded((context, api) => showHome(context, api, settings)),
  );
  app.post(
    "/ask",
    guarded((context, api) => takePost(context, api, settings)),
  );
  app.get(
    "/approvals/:id/page",
    guarded((context, api) => showRun(parseApprovalId(toParameter(context, "id")), api, settings)),
  );
  app.get("/runs/:id/table.csv", guarded(sendTable));
  app.get(
    "/docs/errors/:code",
    guarded((context, api) => showCode(context, api, settings)),
  );
  return app;
}

function toParameter(context: Context, name: string): string {
  return context.req.param(name) ?? "";
}

function toLocale(context: Context): PageModel["locale"] {
  return toLanguage(
    (name) => context.req.query(name),
    (name) => context.req.header(name),
  );
}

/** Vague outside: whoever posts from elsewhere learns nothing. */
function findRefusal(context: Context, settings: PageSettings): BothLanguages | null {
  const host = context.req.header("host") ?? new URL(context.req.url).host;
  if (settings.isLocal && !isLocalHost(host)) return LOCAL_ONLY;
  if (context.req.method === "GET" || context.req.method === "HEAD") return null;
  const headers = {
    site: context.req.header("sec-fetch-site") ?? null,
    origin: context.req.header("origin") ?? null,
    host,
  };
  return isOwnPost(headers) ? null : NOT_FROM_PAGE;
}

const LOCAL_ONLY: BothLanguages = {
  en: "This server answers to localhost only.",
  ru: "Этот сервер отвечает только на localhost.",
};
const NOT_FROM_PAGE: BothLanguages = {
  en: "Open the page itself and send the form from there.",
  ru: "Откройте саму страницу и отправьте форму с неё.",
};

async function showHome(context: Context, api: Api, settings: PageSettings): Promise<Response> {
  const { run, said } = context.req.query();
  const response =
    run === undefined
      ? await draw(api, settings, {
          view: { view: said === "no" ? "declined" : "home" },
          asked: NOTHING_ASKED,
        })
      : await showRun(run, api, settings);
  const chosen = toKnown(context.req.query("lang") ?? null);
  if (chosen !== null) response.headers.set("set-cookie", toLanguageCookie(chosen));
  return response;
}

async function showRun(id: string, api: Api, settings: PageSettings): Promise<Response> {
  const run = await send(api, `GET /runs/${encodeURIComponent(id)}`, { as: Answer });
  const view: View =
    "value" in run
      ? { view: "answer", answer: run.value }
      : { view: "problem", problem: run.problem, again: null };
  return draw(api, settings, { view, asked: NOTHING_ASKED });
}

async function takePost(context: Context, opened: Api, settings: PageSettings): Promise<Response> {
  const form = await readForm(context.req.raw);
  if ("reason" in form) {
    const problem = describeRefusal(form, opened.locale, {});
    return draw(opened, settings, { view: { view: "problem", problem, again: null }, asked: NOTHING_ASKED });
  }
  const posted = parseForm(form);
  const api: Api = { ...opened, locale: posted.locale ?? opened.locale };
  const shown = await decidePost(api, posted);
  if (shown === null) return context.redirect("/?said=no", 303);
  const { view } = shown;
  const isWorking =
    view.view === "answer" && (view.answer.status === "queued" || view.answer.status === "running");
  // A working run looks at itself again, and that must not be a form post.
  if (isWorking && view.answer.run_id !== undefined)
    return context.redirect(toRunLink(view.answer.run_id), 303);
  return draw(api, settings, shown);
}

async function showCode(context: Context, api: Api, settings: PageSettings): Promise<Response> {
  const code = toParameter(context, "code");
  if (findCodePage(code, api.locale) === null) return context.notFound();
  return draw(api, settings, { view: { view: "code", code }, asked: NOTHING_ASKED });
}

async function draw(api: Api, settings: PageSettings, shown: Shown): Promise<Response> {
  const { view } = shown;
  const isList =
    view.view === "home" ||
    view.view === "declined" ||
    (view.view === "answer" && view.answer.status === "succeeded");
  const list = isList ? await send(api, `GET /runs?limit=${RECENT_RUNS}`, { as: RunList }) : null;
  const model: PageModel = {
    ...shown,
    locale: api.locale,
    recent: list !== null && "value" in list ? list.value.runs : [],
    key: settings.newKey(),
    timeZone: (list !== null && "value" in list && list.value.time_zone) || toZone(view) || settings.timeZone,
    isLocal: settings.isLocal,
    wantsToken: settings.wantsToken === true,
  };
  const status = view.view === "problem" ? view.problem.status : 200;
  return new Response(renderPage(model), {
    status,
    headers: { ...HEADERS, "content-language": api.locale, vary: `Accept-Language, Cookie` },
  });
}

/** An answer names the zone of its tenant; the settings know only that of new ones. */
function toZone(view: View): string | undefined {
  if (view.view === "answer") return view.answer.time_zone;
  return view.view === "problem" ? view.again?.time_zone : undefined;
}

async function sendTable(context: Context, api: Api): Promise<Response> {
  const run = await send(api, `GET /runs/${encodeURIComponent(toParameter(context, "id"))}`, { as: Answer });
  if ("problem" in run)
    return Response.json(run.problem, {
      status: run.problem.status,
      headers: { "content-type": "application/problem+json" },
    });
  const { result, plan, skill, short_id, names } = run.value;
  const table =
    context.req.query("list") === "plan" ? toPlanTable(plan?.manifest ?? []) : toMainTable(result);
  const name = `${skill ?? "result"}-${short_id ?? "run"}`.replace(/[^A-Za-z0-9_-]+/g, "-");
  return new Response(toCsv(table, api.locale, names), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}.csv"`,
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-store",
    },
  });
}
