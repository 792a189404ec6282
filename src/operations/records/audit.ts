// The record of decisions, changes and refusals: how operations write it, and how it is read and proven.
import { z } from "zod";
import { REFUSAL_WINDOW_MS } from "../../kernel/audit/counted.ts";
import { isDenial } from "../../kernel/audit/run-entries.ts";
import { endInspection, inspect, startInspection } from "../../kernel/audit/chain.ts";
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Principal } from "../../kernel/domain/principal.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import { toIso } from "../../kernel/domain/zone.ts";
import type { Chain, ChainedEntry } from "../../kernel/ports/audit.ts";
import { AUDIT_ACTIONS, type AuditAction } from "../../kernel/ports/audit-actions.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { Cursor, toCursor } from "../cursor.ts";
import { toNoSuchName } from "../no-such-name.ts";
import type { Call } from "../operation.ts";
import { defineOperation } from "../operation.ts";

interface Note {
  readonly action: AuditAction;
  readonly target: string;
  readonly outcome?: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What was changed; it takes the place of what was begun when the operation has ended. */
export function noteAudit(
  platform: Pick<Platform, "clock">,
  call: Call<unknown>,
  { action, target, outcome, body }: Note,
): void {
  call.notes.push({
    id: `${call.requestId}:${action}`,
    at: platform.clock.now(),
    user: call.principal.user,
    action,
    target,
    outcome: outcome ?? "done",
    body,
  });
}

interface Refused {
  /** The operation or trigger that was asked. */
  readonly target: string;
  readonly refusal: Refusal;
}

const BY_GUARD: ReadonlySet<Refusal["reason"]> = new Set(["budget_exceeded", "overrun"]);

/** After the answer: nothing was done, so nothing waits for it. Budgets and rates are the guard's, which notes them itself. */
export function noteRefusal(
  platform: Pick<Platform, "audit" | "background">,
  { tenant, user }: Pick<Principal, "tenant" | "user">,
  { target, refusal }: Refused,
): void {
  if (!isDenial(refusal) || BY_GUARD.has(refusal.reason)) return;
  const note = { user, action: "call.refuse", target, refusal, windowMs: REFUSAL_WINDOW_MS } as const;
  platform.background(platform.audit.addRefusal(tenant, note));
}

function toShown({ id, at, user, action, target, outcome, body }: ChainedEntry) {
  return { id, at: toIso(at), user, action, target, outcome, body };
}

export const auditList = defineOperation({
  name: "audit-list",
  summary: "Who decided and changed what, and who was refused what, oldest first, after a cursor.",
  permission: "admin",
  http: "GET /audit",
  input: z.object({
    since: Cursor,
    action: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(200),
  }),
  async run(platform, call) {
    const { since, action: written, limit } = call.input;
    const action = AUDIT_ACTIONS.find((known) => known === written) ?? null;
    if (written !== undefined && action === null) return { refusal: toNoAction(written) };
    const { tenant } = call.principal;
    // What was noted a moment ago is written first.
    await platform.audit.chain(tenant);
    const found = await platform.audit.list(tenant, { since, action, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const next = toCursor(shown.at(-1)?.position ?? since);
    return { body: { entries: shown.map(toShown), next, more: found.length > limit } };
  },
});

/** An empty list would say that it never happened. */
function toNoAction(action: string): Refusal {
  const message = { en: `Nothing is ever noted as "${action}".`, ru: `Записей «${action}» не бывает.` };
  return toNoSuchName({ field: "action", written: action, known: AUDIT_ACTIONS, message });
}

/** So many rows are in memory at once. */
const PAGE = 1_000;

async function* listRows(platform: Platform, tenant: TenantId, { base, head }: Chain) {
  for (let since = base.position; since < head.position; ) {
    const page = await platform.audit.list(tenant, { since, action: null, limit: PAGE });
    const rows = page.filter(({ position }) => position <= head.position);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    since = last.position;
  }
}

export const auditVerify = defineOperation({
  name: "audit-verify",
  summary:
    "Whether the audit is what was written. If not: the first row that was edited, moved, added or is missing, by its position.",
  permission: "admin",
  http: "GET /audit/verify",
  input: z.object({}),
  async run(platform, call) {
    const { tenant } = call.principal;
    const chain = await platform.audit.chain(tenant);
    let inspection = startInspection(chain.base);
    for await (const rows of listRows(platform, tenant, chain)) {
      for (const row of rows) inspection = inspect(inspection, row);
      if (inspection.found) break;
    }
    const problem = endInspection(inspection, chain.head) ?? (await findStray(platform, tenant));
    const { base, head } = chain;
    const entries = head.position - base.position;
    return { body: { verified: problem === null, entries, head, problem } };
  },
});

/** Looked for before the head is asked: rows that are being written meanwhile are no strays. */
async function findStray(platform: Platform, tenant: TenantId) {
  const stray = await platform.audit.findStray(tenant);
  const { head } = await platform.audit.chain(tenant);
  const isStray = stray !== null && (stray.position === null || stray.position > head.position);
  return isStray ? { what: "added", position: stray.position, id: stray.id } : null;
}

export const auditExport = defineOperation({
  name: "audit-export",
  summary: "Every row with its place in the chain, oldest first, one JSON object a line.",
  permission: "admin",
  http: "GET /audit/export",
  input: z.object({}),
  async run(platform, call) {
    const { tenant } = call.principal;
    const pages = listRows(platform, tenant, await platform.audit.chain(tenant));
    const encoder = new TextEncoder();
    const bytes = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { value, done } = await pages.next();
        if (done === true) controller.close();
        else controller.enqueue(encoder.encode(value.map(toLine).join("")));
      },
    });
    return { bytes, headers: { "content-type": "application/x-ndjson" } };
  },
});

function toLine(row: ChainedEntry): string {
  const { position, previous, hash } = row;
  return `${JSON.stringify({ position, ...toShown(row), previous, hash })}\n`;
}
