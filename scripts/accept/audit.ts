// accept audit: rows of a served SkillOS are exported, then edited, deleted, swapped and cut off one after the other, by somebody
// who knows how they are hashed. Each is to be found at its place, and the rows as they are to hold.
import { type Break, toChained, verify } from "../../src/kernel/audit/chain.ts";
import type { Chain, ChainedEntry, StoredEntry } from "../../src/kernel/ports/audit.ts";
import { type Chance, createChance } from "../lib/chance.ts";
import { ServerProcess } from "../lib/server-process.ts";
import type { Amounts, Check, Report } from "./check.ts";

const DEFAULT_ENTRIES = 10_000;
const DEFAULT_CHANGES = 1_000;
const AT_ONCE = 16;
const TOLD_EVERY = 100;

export const audit: Check = {
  name: "audit",
  summary: `entries and changes of them: --entries ${DEFAULT_ENTRIES} --changes ${DEFAULT_CHANGES}`,
  run: runAudit,
};

async function runAudit(seed: number, amounts: Amounts, tell: (line: string) => void): Promise<Report> {
  const { entries = DEFAULT_ENTRIES, changes = DEFAULT_CHANGES } = amounts;
  const server = await ServerProcess.make();
  try {
    await server.start(true);
    return await judgeAudit(server, { seed, entries, changes, tell });
  } finally {
    await server.stop();
  }
}

interface Wish {
  readonly seed: number;
  readonly entries: number;
  readonly changes: number;
  readonly tell: (line: string) => void;
}

export async function judgeAudit(server: ServerProcess, wish: Wish): Promise<Report> {
  const { seed, entries, changes, tell } = wish;
  const chance = createChance(seed);
  const { api_key: key } = await server.ask("POST /tenants", { name: "audit" });
  const headers = { authorization: `Bearer ${String(key)}` };
  await makeEntries(server, headers, entries);
  const problems: string[] = [];
  const served = JSON.parse((await server.send("GET /audit/verify", undefined, headers)).text) as Served;
  if (!served.verified) problems.push(`the server finds ${JSON.stringify(served.problem)}`);
  if (served.entries < entries)
    problems.push(`${entries} changes were answered, ${served.entries} are noted`);
  const rows = parseRows((await server.send("GET /audit/export", undefined, headers)).text);
  const [first] = rows;
  if (!first) throw new Error("Nothing was exported.");
  // Nobody tells the base: that of a chain from which nothing was forgotten is what its first row names.
  const chain = { base: { position: 0, hash: first.previous }, head: served.head };
  const untouched = verify(rows, chain);
  if (untouched) problems.push(`the export as it is: ${JSON.stringify(untouched)}`);
  const found: Record<string, number> = {};
  for (let n = 1; n <= changes; n += 1) {
    if (n % TOLD_EVERY === 0) tell(`${n} of ${changes} changes, ${problems.length} problems`);
    const { name, change } = chance.pick(CHANGES);
    const problem = judgeChange(rows, chain, { name, change, chance });
    if (problem === null) found[name] = (found[name] ?? 0) + 1;
    else problems.push(problem);
  }
  return { figures: { entries: rows.length, changes, found, problems: problems.length }, problems };
}

/** What /audit/verify answers. */
interface Served {
  readonly verified: boolean;
  readonly entries: number;
  readonly head: Chain["head"];
  readonly problem: unknown;
}

/** Each changes something else, so each is to be one row. */
async function makeEntries(
  server: ServerProcess,
  headers: Readonly<Record<string, string>>,
  count: number,
): Promise<void> {
  let made = 0;
  const make = async (): Promise<void> => {
    while (made < count) {
      made += 1;
      const { status, text } = await server.send(
        "PUT /budgets",
        { scope: "tenant", daily_usd: made },
        headers,
      );
      if (status !== 200) throw new Error(`PUT /budgets answered ${status}: ${text.slice(0, 200)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, make));
}

/** As exported: the time is a moment, everywhere else a number. */
function parseRows(text: string): readonly ChainedEntry[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => {
      const row = JSON.parse(line) as Omit<ChainedEntry, "at"> & { readonly at: string };
      return { ...row, at: Date.parse(row.at) };
    });
}

interface Changed {
  readonly rows: readonly ChainedEntry[];
  readonly what: readonly Break["what"][];
  readonly position: number;
}

type Change = (rows: readonly ChainedEntry[], chance: Chance) => Changed;

interface Tried extends Named {
  readonly chance: Chance;
}

function judgeChange(rows: readonly ChainedEntry[], chain: Chain, tried: Tried): string | null {
  const changed = tried.change(rows, tried.chance);
  const found = verify(changed.rows, chain);
  if (found?.position === changed.position && changed.what.includes(found.what)) return null;
  return `${tried.name} at ${changed.position}: found ${JSON.stringify(found)}`;
}

function pickRow([first, ...rest]: readonly ChainedEntry[], chance: Chance): ChainedEntry {
  if (!first) throw new Error("There is no row to change.");
  return rest[chance.between(0, rest.length) - 1] ?? first;
}

type Edit = (row: StoredEntry) => StoredEntry;

const EDITS: readonly [Edit, ...Edit[]] = [
  (row) => ({ ...row, user: `${row.user}x` }),
  (row) => ({ ...row, at: row.at + 1 }),
  (row) => ({ ...row, action: "budget.look" }),
  (row) => ({ ...row, target: "" }),
  (row) => ({ ...row, outcome: "refused" }),
  (row) => ({ ...row, body: { ...row.body, more: null } }),
  (row) => ({ ...row, id: `${row.id}2` }),
];

interface Named {
  readonly name: string;
  readonly change: Change;
}

const CHANGES: readonly [Named, ...Named[]] = [
  {
    name: "edit",
    change(rows, chance) {
      const row = pickRow(rows, chance);
      const edited = { ...row, ...chance.pick(EDITS)(row) };
      return { rows: rows.with(row.position - 1, edited), what: ["edited"], position: row.position };
    },
  },
  {
    name: "edit with its hash",
    change(rows, chance) {
      const row = pickRow(rows, chance);
      const last = { position: row.position - 1, hash: row.previous };
      const edited = toChained(chance.pick(EDITS)(row), last);
      return { rows: rows.with(row.position - 1, edited), what: ["edited"], position: row.position };
    },
  },
  {
    name: "deletion",
    change(rows, chance) {
      const { position } = pickRow(rows, chance);
      return { rows: rows.toSpliced(position - 1, 1), what: ["missing", "cut_off"], position };
    },
  },
  {
    name: "deletion, renumbered",
    change(rows, chance) {
      const { position } = pickRow(rows, chance);
      const left = rows.toSpliced(position - 1, 1).map((row, n) => ({ ...row, position: n + 1 }));
      return { rows: left, what: ["moved", "cut_off"], position };
    },
  },
  {
    name: "swap",
    change(rows, chance) {
      const [one, other] = [pickRow(rows.slice(0, -1), chance), pickRow(rows, chance)];
      const next = rows[one.position] ?? other;
      const second = other.position === one.position ? next : other;
      const swapped = rows
        .with(one.position - 1, { ...second, position: one.position })
        .with(second.position - 1, { ...one, position: second.position });
      return { rows: swapped, what: ["moved"], position: Math.min(one.position, second.position) };
    },
  },
  {
    name: "truncation",
    change(rows, chance) {
      const { position } = pickRow(rows, chance);
      return { rows: rows.slice(0, position - 1), what: ["cut_off"], position };
    },
  },
];
