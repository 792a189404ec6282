import { describe, expect, it } from "vitest";
import { describeRefusal } from "../../refusals.ts";
import { REFUSAL_PAGES } from "../../refusals/pages.ts";
import type { Answer } from "./answer.ts";
import { pageRoutes } from "./routes.ts";
import { aQuestion, aResult, aTrial } from "./sample-answers.ts";

interface Sent {
  readonly route: string;
  readonly body: unknown;
  readonly headers: Headers;
}

type Reply = Answer | { readonly problem: ReturnType<typeof describeRefusal> };

/** An API that answers what it is told to and remembers what it was asked. */
function anApi(answers: Readonly<Record<string, unknown>>) {
  const sent: Sent[] = [];
  const queue = new Map(
    Object.entries(answers).map(([route, answer]) => [route, Array.isArray(answer) ? [...answer] : [answer]]),
  );
  const call = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const route = `${request.method} ${url.pathname}`;
    const text = request.method === "GET" ? "" : await request.text();
    const isJson = request.headers.get("content-type") === "application/json";
    sent.push({
      route: route + url.search,
      body: isJson ? JSON.parse(text) : text,
      headers: request.headers,
    });
    const answer = queue.get(route)?.shift();
    if (answer === undefined)
      return Response.json(
        describeRefusal({ reason: "not_found", what: "path", id: route }, "en", { requestId: "q" }),
        {
          status: 404,
        },
      );
    const isProblem =
      typeof answer === "object" && answer !== null && "problem" in answer && !("status" in answer);
    return isProblem ? Response.json(answer.problem, { status: 409 }) : Response.json(answer);
  };
  const app = pageRoutes(call, { isLocal: true, timeZone: "Europe/Moscow", newKey: () => "k-2" });
  const at = "http://localhost:8787";
  const own = { host: "localhost:8787", origin: at, "sec-fetch-site": "same-origin" };
  const post = (
    fields: Record<string, string | string[]> | FormData,
    headers: Record<string, string> = own,
  ): Promise<Response> => {
    const body =
      fields instanceof FormData
        ? fields
        : new URLSearchParams(
            Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
          );
    return Promise.resolve(app.request(`${at}/ask`, { method: "POST", body, headers }));
  };
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    Promise.resolve(app.request(at + path, { headers: { host: "localhost:8787", ...headers } }));
  return { sent, post, get };
}

const RUNS = {
  runs: [
    {
      run_id: "run_0_a",
      short_id: "r-a",
      skill: "oysters/get_pricelist",
      status: "succeeded",
      created_at: "2026-11-21T09:00:00.000Z",
      cost: { usd: 0 },
    },
  ],
};
const drift: Reply = {
  problem: describeRefusal(REFUSAL_PAGES.plan_drift.example, "en", { requestId: "q-7" }),
};

describe("GET /", () => {
  it("shows the ask box and the last runs, under a policy that allows nothing from elsewhere", async () => {
    const { get } = anApi({ "GET /runs": RUNS });
    const response = await get("/", { "accept-language": "ru,en;q=0.5" });
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain('<html lang="ru">');
    expect(page).toContain('href="/?run=run_0_a"');
    expect(response.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(response.headers.get("referrer-policy")).toBe("same-origin");
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("shows times in the tenant's zone, which is not always that of the settings", async () => {
    const zone = "Asia/Kathmandu";
    const list = anApi({ "GET /runs": { ...RUNS, time_zone: zone } });
    expect(await (await list.get("/")).text()).toContain("21 November 2026, 14:45");
    const approved = { by: "owner", at: "2026-11-21T09:00:00.000Z" };
    const one = anApi({ "GET /runs/r-00bbbb": { ...aResult(), approved, time_zone: zone } });
    expect(await (await one.get("/?run=r-00bbbb")).text()).toContain("21 November 2026, 14:45");
  });

  it("remembers a chosen language", async () => {
    const { get } = anApi({});
    expect((await get("/?lang=ru")).headers.get("set-cookie")).toBe(
      "skillos_lang=ru; Path=/; Max-Age=31536000; SameSite=Lax",
    );
    expect(await (await get("/", { cookie: "a=b; skillos_lang=ru" })).text()).toContain('<html lang="ru">');
    expect((await get("/?lang=xx")).headers.get("set-cookie")).toBeNull();
  });

  it("shows a run", async () => {
    const { get, sent } = anApi({ "GET /runs/r-00bbbb": aResult() });
    expect(await (await get("/?run=r-00bbbb")).text()).toContain("Profit 26,200 ₽");
    expect(sent[0]?.route).toBe("GET /runs/r-00bbbb");
  });

  it("passes the caller's authorization on and nothing else of the request", async () => {
    const { get, sent } = anApi({ "GET /runs": RUNS });
    await get("/", { authorization: "Bearer k", cookie: "secret=1", "idempotency-key": "x" });
    expect(Object.fromEntries(sent[0]?.headers ?? [])).toEqual({
      accept: "application/json",
      "accept-language": "en",
      authorization: "Bearer k",
      prefer: "wait=10",
    });
  });
});

describe("who may ask", () => {
  it.each([
    [{ host: "localhost:8787" }],
    [{ host: "evil.example", origin: "http://evil.example", "sec-fetch-site": "same-origin" }],
    [{ host: "localhost:8787", origin: "http://evil.example", "sec-fetch-site": "cross-site" }],
    [{ host: "localhost:8787", origin: "null" }],
    [{ host: "localhost:8787", origin: "http://localhost:9999", "sec-fetch-site": "same-site" }],
  ])("a post with %o is refused and nothing is called", async (headers) => {
    const { post, sent } = anApi({ "POST /run": aResult() });
    expect((await post({ query: "x" }, headers)).status).toBe(403);
    expect(sent).toEqual([]);
  });

  it("a foreign host name reaches no page (DNS rebinding)", async () => {
    const { get, sent } = anApi({ "GET /runs": RUNS });
    expect((await get("/", { host: "evil.example:8787" })).status).toBe(403);
    expect((await get("/runs/run_0_a/table.csv", { host: "evil.example:8787" })).status).toBe(403);
    expect(sent).toEqual([]);
  });
});

describe("POST /ask", () => {
  it("asks, once however often the button is pressed", async () => {
    const { post, sent } = anApi({ "POST /run": aQuestion() });
    const page = await (await post({ query: "margin of 40 kg", key: "k-1", lang: "ru" })).text();
    expect(sent).toMatchObject([{ route: "POST /run", body: { query: "margin of 40 kg" } }]);
    expect(sent[0]?.headers.get("idempotency-key")).toBe("k-1");
    expect(page).toContain('<html lang="ru">');
    expect(page).toContain('name="in.price"');
  });

  it("sends the typed values, the chosen skill, and of the understood values only changed ones", async () => {
    const { post, sent } = anApi({ "POST /run": aResult() });
    await post({
      query: "q",
      skill: "a/b",
      input: '{"x":1}',
      "in.price": " 1 900,50 ",
      "in.kg": "40",
      "was.kg": "40",
      "in.day": "2026-12-01",
      "was.day": "2026-12-02",
      "in.empty": "",
    });
    expect(sent[0]?.body).toEqual({
      query: "q",
      skill: "a/b",
      input: { x: 1, price: "1 900,50", day: "2026-12-01" },
    });
  });

  it("stores a file first and sends its reference", async () => {
    const { post, sent } = anApi({ "POST /attachments": { sha256: "ab" }, "POST /run": aResult() });
    const form = new FormData();
    form.set("query", "q");
    form.set("in.file", new File(["hello"], "тендер.txt", { type: "text/plain" }));
    await post(form);
    expect(sent[0]).toMatchObject({
      route: "POST /attachments?filename=%D1%82%D0%B5%D0%BD%D0%B4%D0%B5%D1%80.txt",
      body: "hello",
    });
    expect(sent[0]?.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(sent[1]?.body).toMatchObject({ input: { file: { sha256: "ab", name: "тендер.txt", size: 5 } } });
  });

  it("asks again where a value does not fit, without running on what is left", async () => {
    const problem = describeRefusal(
      { reason: "input_invalid", field: "price", message: "A number is needed." },
      "en",
      { requestId: "q" },
    );
    const { post, sent } = anApi({ "POST /run": [{ problem }, aQuestion()] });
    const page = await (await post({ query: "q", skill: "a/b", "in.price": "cheap" })).text();
    expect(page).toContain("A number is needed.");
    expect(page).toContain('name="in.price"');
    expect(sent[1]?.body).toEqual({ query: "q", skill: "a/b", dry_run: true });
  });

  it("sends a working run to its own address", async () => {
    const { post } = anApi({ "POST /run": { status: "running", request_id: "q", run_id: "run_0_a" } });
    const response = await post({ query: "q" });
    expect([response.status, response.headers.get("location")]).toEqual([303, "/?run=run_0_a"]);
  });

  it("tells a problem with its status, and an answer of no known shape as our mistake", async () => {
    const { post } = anApi({ "POST /run": [drift, "nonsense"] });
    const first = await post({ query: "q" });
    expect(first.status).toBe(409);
    expect(await first.text()).toContain("Something changed since you were shown the list");
    const second = await post({ query: "q" });
    expect(second.status).toBe(500);
    expect(await second.text()).toContain("Something broke inside SkillOS");
  });

  it("says so when what arrives is no form", async () => {
    const { post } = anApi({});
    const response = await post(
      {},
      { host: "localhost:8787", "sec-fetch-site": "same-origin", "content-type": "multipart/form-data" },
    );
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("The form arrived incomplete.");
  });

  it.each(["practice", "stale"] as const)("sends a failed request again the other way: %s", async (way) => {
    const { post, sent } = anApi({ "POST /run": aResult() });
    await post({ query: "q", with: way });
    expect(sent[0]?.body).toEqual({
      query: "q",
      ...(way === "practice" ? { practice: true } : { allow_stale: true }),
    });
  });
});

describe("yes and no", () => {
  const trial = aTrial();
  const run = `GET /runs/${trial.run_id}`;
  const yes = {
    do: "yes",
    run: trial.run_id ?? "",
    plan_hash: "8f3a00000000",
    query: "delete old quotes",
    key: "k-1",
  };
  const base = {
    query: "delete old quotes",
    skill: "oysters/delete_old_quotes",
    input: { before: "2026-01-01" },
    locale: "en",
  };
  const hashed = (hash: string, excluded: string[] = []): Answer => ({
    ...trial,
    plan: trial.plan && { ...trial.plan, hash, excluded },
  });

  it("no does nothing", async () => {
    const { post, sent } = anApi({});
    const response = await post({ ...yes, do: "no" });
    expect([response.status, response.headers.get("location"), sent]).toEqual([303, "/?said=no", []]);
    expect(await (await anApi({ "GET /runs": RUNS }).get("/?said=no")).text()).toContain(
      "Not approved: nothing was sent or changed.",
    );
  });

  it("yes does exactly the plan that was shown", async () => {
    const { post, sent } = anApi({ [run]: trial, "POST /run": aResult({ answer: "Deleted 3 of 3" }) });
    expect(await (await post(yes)).text()).toContain("Deleted 3 of 3");
    expect(sent.map(({ route }) => route).slice(0, 2)).toEqual([run, "POST /run"]);
    expect(sent[1]?.body).toEqual({
      ...base,
      execute: true,
      approval: "approved",
      plan_hash: "8f3a00000000",
    });
    expect(sent[1]?.headers.get("idempotency-key")).toBe("k-1");
  });

  it("leaves entries out of the list that was shown: it is agreed to by its own hash, in one call", async () => {
    const { post, sent } = anApi({ [run]: trial, "POST /run": [aResult()] });
    await post({ ...yes, exclude: ["remove:1#quotes:2"] });
    expect(sent.filter(({ route }) => route === "POST /run").map(({ body }) => body)).toEqual([
      {
        ...base,
        exclude: ["remove:1#quotes:2"],
        plan_hash: "8f3a00000000",
        execute: true,
        approval: "approved",
      },
    ]);
    expect(sent[1]?.headers.get("idempotency-key")).toBe("k-1");
  });

  it("keeps sparing what was left out, where the new list still has it", async () => {
    const spared = ["remove:1#quotes:2"];
    const { post, sent } = anApi({
      [run]: trial,
      "POST /run": [drift, hashed("new"), hashed("newer", spared)],
    });
    const page = await (await post({ ...yes, exclude: ["remove:1#quotes:2"] })).text();
    expect(page).toContain('name="plan_hash" value="newer"');
    expect(page).toContain(
      'value="remove:1#quotes:2" aria-label="leave out: 1034 · Café Pristan · 17500 · 2025-06-02" checked',
    );
    expect(sent.at(-1)?.body).toEqual({ ...base, exclude: spared, dry_run: true });
  });

  it("leaves still more out of a list that is without some already: by the hash of the whole list", async () => {
    const less = hashed("less", ["remove:1#quotes:2"]);
    const shown = { ...less, plan: less.plan && { ...less.plan, list_hash: "whole" } };
    const { post, sent } = anApi({ [run]: shown, "POST /run": [aResult()] });
    await post({ ...yes, plan_hash: "less", exclude: ["remove:1#quotes:3"] });
    expect(sent[1]?.body).toMatchObject({
      plan_hash: "whole",
      exclude: ["remove:1#quotes:2", "remove:1#quotes:3"],
    });
  });

  it.each([
    ["before the start", drift],
    [
      "in the run",
      { status: "failed", request_id: "q", problem: "problem" in drift ? drift.problem : undefined },
    ],
  ])("shows why and the new list after a drift %s", async (_when, refused) => {
    const { post } = anApi({ [run]: trial, "POST /run": [refused, hashed("new")] });
    const page = await (await post(yes)).text();
    expect(page).toContain("Quote 1034 was sent at 10:44");
    expect(page).toContain("Look at the new list below");
    expect(page).not.toContain("--dry-run");
    expect(page).toContain('name="plan_hash" value="new"');
  });

  it("decides a waiting run by its approval", async () => {
    const { post, sent } = anApi({ "POST /approvals/apr_0_x": aResult() });
    await post({ approval: "apr_0_x", do: "yes", exclude: ["remove:1#quotes:2"] });
    await post({ approval: "apr_0_x", do: "no" });
    const bodies = sent.filter(({ route }) => route === "POST /approvals/apr_0_x").map(({ body }) => body);
    expect(bodies).toEqual([{ decision: "approve", exclude: ["remove:1#quotes:2"] }, { decision: "deny" }]);
  });

  it("says whether something arrived", async () => {
    const { post, sent } = anApi({ "POST /runs/run_0_x/resolve": aResult() });
    await post({ resolve: "run_0_x", happened: "no" });
    expect(sent[0]?.body).toEqual({ happened: false });
  });
});

describe("other addresses", () => {
  it("downloads the result for Excel", async () => {
    const { get } = anApi({
      "GET /runs/r-00bbbb": aResult({ result: { rows: [{ name: "=1+1", price: 1234.5 }] } }),
    });
    const response = await get("/runs/r-00bbbb/table.csv?lang=ru");
    expect(response.headers.get("content-disposition")).toBe(
      'attachment; filename="oysters-calculate_margin-r-00bbbb.csv"',
    );
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toBe("name;price\r\n'=1+1;1234,5\r\n");
  });

  it("downloads the whole list of a trial run", async () => {
    const { get } = anApi({ "GET /runs/r-00aaaa": aTrial() });
    expect(await (await get("/runs/r-00aaaa/table.csv?list=plan")).text()).toContain(
      "delete;quotes;quotes:1;1021;Bistro Volna;48000;2025-03-12",
    );
  });

  it("shows the question of an approval by its own address", async () => {
    const waiting = aTrial(undefined, {
      status: "waiting",
      waiting_for: "approval",
      approval: { id: "apr_0_x", by: "owner", expires_at: "2026-11-24T09:00:00.000Z" },
    });
    const { get } = anApi({ "GET /runs/run_0_x": waiting });
    const page = await (await get("/approvals/apr_0_x/page")).text();
    expect(page).toContain('name="approval" value="apr_0_x"');
    expect(page).toContain("The question is open until 24 November 2026, 12:00.");
  });

  it("explains an error code, and does not know others", async () => {
    const { get } = anApi({});
    expect(await (await get("/docs/errors/plan_drift")).text()).toContain("What it means");
    expect((await get("/docs/errors/constructor")).status).toBe(404);
  });
});
