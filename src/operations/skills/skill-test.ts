// Runs a skill's own test cases: scratch tables, mocks and practice data instead of the world, a fixed time.
import { z } from "zod";
import { parseSkillId, type SkillId } from "../../kernel/domain/id.ts";
import { NO_WISHES, type RunRequest } from "../../kernel/domain/request.ts";
import { reaches } from "../../kernel/domain/skill-glob.ts";
import { type BothLanguages, toPlain } from "../../kernel/domain/text.ts";
import { parseTestFile, type SkillCase } from "../../kernel/language/test-file.ts";
import { toUnknownSkill } from "../../kernel/language/unknown-skill.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { prepareRun } from "../../kernel/pipeline.ts";
import { findDifferences } from "./difference.ts";
import { loadIndexFor } from "../routing/index-for.ts";
import type { Call } from "../operation.ts";
import { defineOperation } from "../operation.ts";
import { toOpenAnswer } from "../runs/start-run.ts";
import { loadSeen } from "./seen.ts";

/** When a case names no time: the day the practice data was written for. */
const PRACTICE_NOW = "2026-11-21T12:00:00+03:00";

export const skillTest = defineOperation({
  name: "skill-test",
  summary: "Runs the test cases of a skill's `.test.yaml` without touching the world.",
  permission: "build",
  http: "POST /skills/{domain}/{name}/test",
  input: z.strictObject({
    domain: z.string(),
    name: z.string(),
    /** Files named in the cases, uploaded before: path → reference. */
    files: z.record(z.string(), z.unknown()).default({}),
  }),
  async run(platform, call) {
    const { domain, name, files } = call.input;
    const id = parseSkillId(`${domain}/${name}`);
    const isReached = id !== null && reaches(call.principal, id);
    const source = !isReached ? null : await platform.registry.loadSource(call.principal.tenant, "test", id);
    if (id === null || source === null) {
      const written = `${domain}/${name}`;
      const { skills } = await loadSeen(platform, call.principal);
      if (id === null || !skills.has(id)) return { refusal: toUnknownSkill(written, skills.keys()) };
      // A skill needs no cases: that it has none is no failure.
      const hint = toPlain(toNoCases(id), call.locale);
      return { body: { skill: id, passed: 0, failed: 0, cases: [], hint } };
    }
    const parsed = parseTestFile(`${id}.test.yaml`, source);
    if ("mistakes" in parsed) return { refusal: { reason: "skill_invalid", mistakes: parsed.mistakes } };
    const practice = await loadPractice(platform, call);
    const cases = [];
    for (const one of parsed.cases) {
      const started = platform.clock.now();
      const problems = await runCase(platform, call, { one: withFiles(one, files), skill: id, practice });
      cases.push({
        name: one.name,
        passed: problems.length === 0,
        problems,
        duration_ms: platform.clock.now() - started,
      });
    }
    const passed = cases.filter((one) => one.passed).length;
    return { body: { skill: id, passed, failed: cases.length - passed, cases } };
  },
});

function toNoCases(id: SkillId): BothLanguages {
  const example = "cases: [{ name: …, input: { … }, expect: { status: succeeded, result: { … } } }]";
  return {
    en: `There is no ${id}.test.yaml, so nothing was tested. It may hold: ${example}`,
    ru: `Файла ${id}.test.yaml нет, проверять нечего. В нём может стоять: ${example}`,
  };
}

type Tables = ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>;

async function loadPractice(platform: Platform, call: Call<unknown>): Promise<Tables> {
  const entries = await platform.registry.list(call.principal.tenant);
  const tables = new Map<string, readonly Readonly<Record<string, unknown>>[]>();
  for (const entry of entries.filter((one) => one.kind === "table")) {
    const source = await platform.registry.loadSource(call.principal.tenant, "table", entry.name);
    if (source !== null)
      tables.set(entry.name, platform.tables.read(new TextEncoder().encode(source), "csv"));
  }
  return tables;
}

interface CaseRun {
  readonly one: SkillCase;
  readonly skill: NonNullable<ReturnType<typeof parseSkillId>>;
  readonly practice: Tables;
}

async function runCase(
  platform: Platform,
  call: Call<unknown>,
  { one, skill, practice }: CaseRun,
): Promise<string[]> {
  const name = `${call.principal.tenant}~test~${platform.ids.ulid()}`;
  const store = platform.store(name);
  try {
    for (const [table, rows] of practice) {
      const own = one.tables?.[table];
      if (own?.length === 0) await store.importTable(table, rows.slice(0, 1), "practice");
      else await store.importTable(table, own ?? rows, "practice");
      if (own?.length === 0)
        await store.run(
          {
            text: `delete from ${table}`,
            values: [],
            class: "delete",
            table,
            tables: [table],
            maxRows: null,
          },
          null,
          null,
        );
    }
    for (const [table, rows] of Object.entries(one.tables ?? {}))
      if (!practice.has(table)) await store.importTable(table, rows, "practice");
    const answer = await answerCase(platform, toRequest(call, one, { skill, store: name }));
    return findDifferences(one.expect, answer);
  } finally {
    await store.clear();
  }
}

async function answerCase(platform: Platform, request: RunRequest): Promise<Record<string, unknown>> {
  const catalogue = await platform.loadFresh(request.principal.tenant);
  const now = request.rehearsal?.now ?? platform.clock.now();
  const index = await loadIndexFor(platform, request, catalogue.version);
  const { outcome } = prepareRun(catalogue, request, { ...platform.surroundings, now, index });
  if (outcome.prepared === "refused")
    return {
      status: "refused",
      problem: platform.describeRefusal(outcome.refusal, "en", { requestId: request.requestId }),
    };
  if (outcome.prepared !== "order") return toOpenAnswer(request, outcome);
  const reply = await platform.runners.start(outcome.order);
  if (reply.reply === "refused")
    return {
      status: "refused",
      problem: platform.describeRefusal(reply.refusal, "en", { requestId: request.requestId }),
    };
  if (reply.reply === "stale") return { status: "stale" };
  return z.record(z.string(), z.unknown()).parse(JSON.parse(reply.answer.body));
}

function toRequest(
  call: Call<unknown>,
  one: SkillCase,
  place: { skill: CaseRun["skill"]; store: string },
): RunRequest {
  return {
    ...NO_WISHES,
    requestId: call.requestId,
    principal: call.principal,
    channel: "test",
    query: one.query ?? null,
    skill: place.skill,
    input: one.input ?? {},
    locale: one.locale ?? null,
    dryRun: one.mode === "dry_run",
    approval: one.approval ?? null,
    data: "practice",
    debug: true,
    waitMs: 30_000,
    rehearsal: {
      store: place.store,
      mocks: one.mock ?? {},
      now: Date.parse(one.now ?? PRACTICE_NOW),
    },
  };
}

function withFiles(one: SkillCase, files: Readonly<Record<string, unknown>>): SkillCase {
  if (one.input === undefined) return one;
  const input = Object.entries(one.input).map(([key, value]) => [
    key,
    typeof value === "string" ? (files[value] ?? value) : value,
  ]);
  return { ...one, input: Object.fromEntries(input) };
}
