// Finds runs, by full id or by the short form that people see.
import { z } from "zod";
import type { RunId, SkillId } from "../../kernel/domain/id.ts";
import { isRunId, parseSkillId, toShort } from "../../kernel/domain/id.ts";
import type { TenantId } from "../../kernel/domain/id.ts";
import { microUsdToUsd } from "../../kernel/domain/money.ts";
import type { Principal } from "../../kernel/domain/principal.ts";
import { Refused } from "../../kernel/domain/refusal.ts";
import type { RunRecord } from "../../kernel/domain/run.ts";
import type { Listed } from "../../kernel/domain/seal-broken.ts";
import { hasEnded, toCost } from "../../kernel/domain/run.ts";
import { reaches } from "../../kernel/domain/skill-glob.ts";
import type { Skill } from "../../kernel/domain/skill.ts";
import { type Locale, toPlain } from "../../kernel/domain/text.ts";
import { toZonedIso } from "../../kernel/domain/zone.ts";
import { toRunBody } from "../../kernel/execution/answer.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import type { RunSummary } from "../../kernel/ports/run-store.ts";
import { noteBrokenRows, toSealed } from "../records/broken-seals.ts";
import { defineOperation } from "../operation.ts";

/** Full ids and the short form that people see, `r-xxxxxx`. */
export async function findRunId(platform: Platform, tenant: TenantId, text: string): Promise<RunId | null> {
  if (isRunId(text)) return text;
  const short = /^r-([0-9a-z]{6})$/.exec(text)?.[1];
  if (short === undefined) return null;
  await platform.runners.drain(tenant);
  const open = await platform.runners.listOpen(tenant);
  const drained = await platform.runs.findByShort(tenant, short);
  const found = new Set([...open.map(({ id }) => id).filter((id) => id.endsWith(short)), ...drained]);
  const [only = null] = found;
  if (found.size < 2) return only;
  // Whoever cancels or agrees must not meet another run.
  throw new Refused({
    reason: "conflict",
    message: {
      en: `Several runs are called ${text}. Give the whole id.`,
      ru: `${text} — имя нескольких запусков. Назовите его целиком.`,
    },
  });
}

/** The runner first: it is the truth until it has drained. */
export async function findRun(
  platform: Platform,
  principal: Principal,
  text: string,
): Promise<RunRecord | null> {
  const { tenant } = principal;
  const id = await findRunId(platform, tenant, text);
  if (id === null) return null;
  const run = (await platform.runners.view(tenant, id)) ?? (await platform.runs.load(tenant, id));
  return run !== null && reaches(principal, run.order.plan.skill) ? run : null;
}

export const runGet = defineOperation({
  name: "run-get",
  summary: "One run: what was understood, done, answered, and what it cost.",
  permission: "read",
  http: "GET /runs/{id}",
  input: z.object({ id: z.string() }),
  async run(platform, call) {
    const run = await findRun(platform, call.principal, call.input.id);
    if (!run) return { refusal: { reason: "not_found", what: "run", id: call.input.id } };
    const body = toRunBody(run, platform.describeRefusal);
    const corrected = hasEnded(run.status)
      ? await platform.ledger.findCorrected(call.principal.tenant, run.id)
      : null;
    return {
      body: {
        ...body,
        ...toCorrected(corrected),
        steps: run.steps,
        effects: run.effects.map((effect) => ({ ...effect, answer: undefined })),
      },
    };
  },
});

export const runList = defineOperation({
  name: "run-list",
  summary: "The last runs, newest first.",
  permission: "read",
  http: "GET /runs",
  input: z.object({
    limit: z.coerce.number().int().min(1).max(200).default(20),
    before: z.iso.datetime({ offset: true }).optional(),
    status: z.string().optional(),
    skill: z.string().optional(),
  }),
  async run(platform, call) {
    const { limit, before, status, skill } = call.input;
    const { tenant } = call.principal;
    await platform.runners.drain(tenant);
    const until = before === undefined ? null : Date.parse(before);
    const reached = call.principal.skills ?? null;
    const filter = { limit, before: until, status: status ?? null, skill: skill ?? null, reached };
    const open = (await platform.runners.listOpen(tenant)).map(toSummary);
    const ended = await platform.runs.list(tenant, filter);
    // An open run may have been archived as it waits: the runner knows it better.
    const known = new Set(open.map(({ id }) => id));
    const runs = [...open.filter((run) => isWanted(run, filter)), ...ended.filter(({ id }) => !known.has(id))]
      .filter((run) => reaches(call.principal, run.skill))
      .toSorted((one, other) => other.createdAt - one.createdAt)
      .slice(0, limit);
    const { skills, tenant: facts } = await platform.loadFresh(tenant);
    const { timeZone } = facts;
    const shown = runs.map(
      ({ createdAt, finishedAt, costMicroUsd, correctedMicroUsd, id, short, code, broken, ...rest }) => ({
        run_id: id,
        short_id: `r-${short}`,
        ...rest,
        ...toSealed({ broken }),
        ...toTitle(parseSkillId(rest.skill), skills, call.locale),
        ...(code === null ? {} : { code }),
        created_at: toZonedIso(createdAt, timeZone),
        finished_at: finishedAt === null ? null : toZonedIso(finishedAt, timeZone),
        cost: { usd: microUsdToUsd(costMicroUsd), micro_usd: costMicroUsd },
        ...toCorrected(correctedMicroUsd),
      }),
    );
    return {
      body: { runs: shown, time_zone: timeZone },
      ...noteBrokenRows(platform, call, { target: "run-list", rows: runs }),
    };
  },
});

/** Beside what was recorded, which stays. */
function toCorrected(microUsd: number | null) {
  return microUsd === null ? {} : { corrected_cost: { usd: microUsdToUsd(microUsd), micro_usd: microUsd } };
}

/** What its skill says of itself now, for whoever reads; a skill that is gone says nothing. */
function toTitle(
  id: SkillId | null,
  skills: ReadonlyMap<SkillId, Skill>,
  locale: Locale,
): { readonly title?: string } {
  const skill = id === null ? undefined : skills.get(id);
  return skill === undefined ? {} : { title: toPlain(skill.description, locale) };
}

function toSummary(run: RunRecord): Listed<RunSummary> {
  const { id, order, status, createdAt, finishedAt } = run;
  const { channel, plan, query, understanding } = order;
  return {
    id,
    short: toShort(id),
    skill: plan.skill,
    status,
    channel,
    query,
    confidence: understanding.confidence,
    createdAt,
    finishedAt,
    costMicroUsd: toCost(run),
    correctedMicroUsd: null,
    code: run.refusal?.reason ?? null,
  };
}

function isWanted(
  run: RunSummary,
  filter: { before: number | null; status: string | null; skill: string | null },
): boolean {
  if (filter.before !== null && run.createdAt >= filter.before) return false;
  if (filter.status !== null && run.status !== filter.status) return false;
  return filter.skill === null || run.skill === filter.skill;
}
