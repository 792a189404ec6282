// Which things a route names, by its parameters. A route that has no row here fails the check: whoever adds one says what it
// names, or that it names nothing.
import type { FuzzRoute } from "./fuzz-routes.ts";

/** What a tenant has that others could name. */
export type Thing =
  | "skill"
  | "connector"
  | "table"
  | "run"
  | "waiting run"
  | "short run"
  | "approval"
  | "file"
  | "schedule"
  | "saying"
  | "webhook"
  | "user"
  | "key"
  | "tenant"
  | "secret"
  | "paid skill"
  | "paid user"
  | "paid key";

export interface NamingRoute {
  /** Parameter to the things that are tried in it. */
  readonly names: Readonly<Record<string, readonly Thing[]>>;
  /** The rest of a good request. */
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** It answers with all that was said so far: only its status is compared. */
  readonly lists?: true;
}

const NOTHING: NamingRoute = { names: {} };
const RUNS = ["run", "waiting run", "short run"] as const;
const PAYERS = ["paid skill", "paid user", "paid key"] as const;
const SET = "description: x\nsteps:\n  - id: a\n    set: { x: 1 }\n";
const WEBHOOK = { "x-skillos-signature": `t=1,v1=${"0".repeat(64)}`, "x-skillos-event-id": "e" };
const JSON_ROWS = { "content-type": "application/json" };

/** `{domain}/{name}` is one name: `{skill}`. */
export const NAMING_ROUTES: Readonly<Record<string, NamingRoute>> = {
  "GET /health": NOTHING,
  "POST /run": { names: { skill: ["skill"], plan_run: RUNS }, body: { execute: true, input: {} } },
  "POST /skills/{skill}/run": { names: { skill: ["skill"], plan_run: RUNS }, body: {} },
  "GET /runs": { names: { skill: ["skill"] } },
  "GET /runs/{id}": { names: { id: RUNS } },
  "POST /registry/files": NOTHING,
  "GET /budgets": NOTHING,
  "PUT /budgets": { names: { scope: PAYERS }, body: { daily_usd: 0 }, lists: true },
  "PUT /limits": { names: { scope: PAYERS }, body: { requests: 1, window_seconds: 60 }, lists: true },
  "POST /pause": { names: { scope: PAYERS }, lists: true },
  "POST /resume": { names: { scope: PAYERS }, lists: true },
  "GET /route": NOTHING,
  "POST /eval": { names: { run_id: RUNS }, body: { expression: "output" } },
  "POST /validate": NOTHING,
  "GET /config": NOTHING,
  "GET /models": NOTHING,
  "GET /metrics": NOTHING,
  "POST /skills/{skill}/deprecate": { names: { skill: ["skill"], replacement_id: ["skill"] }, body: {} },
  "POST /skills/{skill}/undeprecate": { names: { skill: ["skill"] }, body: {} },
  "GET /skills": NOTHING,
  "POST /skills/{skill}/test": { names: { skill: ["skill"] }, body: {} },
  "GET /skills/{skill}": { names: { skill: ["skill"] } },
  "PUT /skills/{skill}": { names: { skill: ["skill"] }, body: SET },
  "PUT /connectors/{name}": {
    names: { name: ["connector"] },
    body: "type: http\nbase_url: https://b.example\n",
  },
  "POST /data/{table}": { names: { table: ["table"] }, body: [{ mine: 1 }], headers: JSON_ROWS },
  "DELETE /data/{table}": { names: { table: ["table"] } },
  "GET /data/{table}": { names: { table: ["table"] } },
  "GET /data": NOTHING,
  "POST /runs/{id}/cancel": { names: { id: RUNS }, body: {} },
  "POST /runs/{id}/resolve": { names: { id: RUNS }, body: { happened: true } },
  "GET /runs/{id}/events": { names: { id: RUNS } },
  "GET /runs/{id}/execution-log": { names: { id: RUNS } },
  "GET /approvals": NOTHING,
  "GET /approvals/{id}": { names: { id: ["approval", "waiting run", "short run"] } },
  "POST /approvals/{id}": { names: { id: ["approval", "waiting run"] }, body: { decision: "approve" } },
  "POST /schedules": {
    names: { id: ["schedule"], skill: ["skill"] },
    body: { cron: "0 0 1 1 *", input: {} },
  },
  "GET /schedules": NOTHING,
  "POST /schedules/tick": NOTHING,
  "GET /schedules/{id}": { names: { id: ["schedule"] } },
  "PUT /schedules/{id}": { names: { id: ["schedule"] }, body: { enabled: false } },
  "DELETE /schedules/{id}": { names: { id: ["schedule"] } },
  "POST /webhooks": { names: { id: ["webhook"], skill: ["skill"] }, body: { secret: "of-somebody-else-1" } },
  "GET /webhooks": NOTHING,
  "PUT /webhooks/{id}": { names: { id: ["webhook"] }, body: { take_over: true } },
  "DELETE /webhooks/{id}": { names: { id: ["webhook"] } },
  "POST /webhooks/{id}": { names: { id: ["webhook"] }, body: {}, headers: WEBHOOK },
  "POST /webhooks/{tenant}/{id}": {
    names: { tenant: ["tenant"], id: ["webhook"] },
    body: {},
    headers: WEBHOOK,
  },
  "GET /webhooks/{id}/deliveries": { names: { id: ["webhook"] } },
  "POST /attachments": NOTHING,
  "GET /files/{sha256}": { names: { sha256: ["file"] } },
  "POST /feedback": {
    names: { run_id: RUNS, skill: ["skill"], expected_skill_id: ["skill"] },
    body: { query: "words" },
  },
  "GET /feedback": NOTHING,
  "DELETE /feedback/{id}": { names: { id: ["saying"] } },
  "GET /events": { names: { run_id: ["run", "waiting run"] } },
  "GET /audit": NOTHING,
  "GET /audit/verify": NOTHING,
  "GET /audit/export": NOTHING,
  "POST /tenants": NOTHING,
  "POST /keys": { names: { user: ["user"], skills: ["skill"] }, body: { name: "x" } },
  "GET /keys": NOTHING,
  "DELETE /keys/{id}": { names: { id: ["key"] } },
  "POST /keys/{id}/rotate": { names: { id: ["key"] }, body: {} },
  "POST /users": { names: { id: ["user"] }, body: { role: "viewer" } },
  "GET /users": NOTHING,
  "PUT /users/{id}": { names: { id: ["user"] }, body: { role: "viewer" } },
  "DELETE /users/{id}": { names: { id: ["user"] } },
  "POST /budgets/acknowledge-overrun": NOTHING,
  "GET /ledger": NOTHING,
  "GET /ledger/verify": NOTHING,
  "POST /ledger/rebuild": NOTHING,
  "POST /ledger/corrections": { names: { run: RUNS }, body: { usd: 1, because: "x" } },
  "GET /breakers": NOTHING,
  // A service of the world, not a tenant's.
  "POST /breakers/reset": { names: { host: [] } },
  "GET /system": NOTHING,
  "POST /system/pause": NOTHING,
  "POST /system/resume": NOTHING,
  // There are two names, the same in every tenant.
  "GET /policies": NOTHING,
  "GET /policies/{name}": { names: { name: [] } },
  "PUT /policies/{name}": { names: { name: [] } },
  "DELETE /policies/{name}": { names: { name: [] } },
  "POST /policies/explain": { names: { skill: ["skill"], user: ["user"] }, body: {} },
  "POST /runs/{id}/answer": { names: { id: RUNS }, body: { input: {} } },
  "POST /approvals/{id}/link": { names: { id: ["approval", "waiting run"] }, body: {} },
  // A model of the world, not a tenant's.
  "PUT /models/price": { names: { model: [] }, body: { input_usd: 1, output_usd: 1 } },
  "GET /secrets": NOTHING,
  "PUT /secrets/{name}": { names: { name: ["secret"] }, body: { value: "of-somebody-else-1" } },
  "DELETE /secrets/{name}": { names: { name: ["secret"] } },
  "DELETE /tenants/{id}": { names: { id: ["tenant"] } },
  "GET /vault": NOTHING,
  "POST /vault/rotate": NOTHING,
};

/** Pages, which OpenAPI does not describe. They act for this computer's owner: a tenant like any other. */
export const PAGE_ROUTES: Readonly<Record<string, NamingRoute>> = {
  "GET /?run={id}": { names: { id: RUNS } },
  "GET /approvals/{id}/page": { names: { id: ["approval"] } },
  "GET /runs/{id}/table.csv": { names: { id: RUNS } },
};

/** Parameters that name nothing of a tenant's. */
const PLAIN = new Set(
  `input locale async dry_run approval approval_token plan_hash exclude practice allow_stale record debug max_retries attachments
   query mode execute tag asked_at limit before status files complete per_request_usd daily_usd monthly_usd low_remaining_usd
   on_low requests window_seconds burst concurrent q expression check_entrypoints days reason origin happened decision token
   run_at cron timezone time_zone payload enabled now scheme secret filename correction source since action name currency
   scopes expires_at overlap_seconds role from to usd input_usd output_usd because take_over let_end with_descendants channel value what
   per_request_credits daily_credits monthly_credits low_remaining_credits per email`.split(/\s+/),
);

export function toRouteName({ method, path }: FuzzRoute): string {
  return `${method} ${path.replace("{domain}/{name}", "{skill}")}`;
}

/** What a route takes that nobody has said of what it names. */
export function findUncovered(routes: readonly FuzzRoute[]): readonly string[] {
  return routes.flatMap((route) => {
    const name = toRouteName(route);
    const row = NAMING_ROUTES[name];
    if (row === undefined) return [`${name} is not in tenant-routes.ts: which tenant's things does it name?`];
    const inPath = [...name.matchAll(/\{(\w+)\}/g)].map(([, one = ""]) => one);
    const isOpen = (one: string): boolean => !Object.hasOwn(row.names, one);
    const missing = [
      ...inPath.filter(isOpen),
      ...[...route.query, ...Object.keys(route.fields)].filter((one) => isOpen(one) && !PLAIN.has(one)),
    ];
    return missing.map((one) => `${name}: nobody said what "${one}" names`);
  });
}
