// `metrics --golden FILE`: asks every request of a golden file and says how many were understood. Runs are trial runs.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { EXIT_CODES } from "../../exit-codes.ts";
import { isGood } from "../client.ts";
import { type Command, toOption } from "../command.ts";
import { type GoldenAnswer, type GoldenRow, toGoldenRow, toSummary } from "../files/golden.ts";
import { type Json, parseJson, toField, toJson, toJsonList, toNumber, toText } from "../json.ts";
import { loadFile } from "../run/attachment.ts";
import { Complaint, type Shell, toView } from "../shell.ts";

const SIDE_BY_SIDE = 4;

export const metrics: Command = {
  name: "metrics",
  summary: {
    en: "how well requests are understood, measured on a golden file",
    ru: "насколько хорошо понимаются запросы: проверка по файлу образцов",
  },
  options: [
    {
      flags: "--golden <file>",
      summary: {
        en: "JSON list of {query, skill, lang, values, asked_at}",
        ru: "список JSON из {query, skill, lang, values, asked_at}",
      },
    },
    { flags: "--out <file>", summary: { en: "write the summary there", ru: "записать итог сюда" } },
  ],
  examples: ["npx skillos metrics --golden test/fixtures/golden_queries.json"],
  async run(given, shell) {
    const path = toOption(given, "golden");
    if (path === "") {
      const answer = await shell.call("GET /metrics");
      shell.screen.show([JSON.stringify(answer.body, null, 2)]);
      return isGood(answer) ? EXIT_CODES.ok : EXIT_CODES.failed;
    }
    const rows = toJsonList(parseJson(loadFile(path, shell).toString("utf8"))).map(toGoldenRow);
    if (rows.length === 0) throw new Complaint(({ notGolden }) => notGolden(path));
    const answers = await shell.screen.during(toView(shell).words.working, askAll(rows, shell));
    const summary = JSON.stringify({ golden: path, ...toSummary(answers) }, null, 2);
    const out = toOption(given, "out");
    if (out !== "") writeFileSync(resolve(shell.place.cwd, out), `${summary}\n`);
    shell.screen.show([summary]);
    return EXIT_CODES.ok;
  },
};

async function askAll(rows: readonly GoldenRow[], shell: Shell): Promise<readonly GoldenAnswer[]> {
  const answers: GoldenAnswer[] = [];
  for (let from = 0; from < rows.length; from += SIDE_BY_SIDE) {
    answers.push(
      ...(await Promise.all(rows.slice(from, from + SIDE_BY_SIDE).map((row) => askOne(row, shell)))),
    );
  }
  return answers;
}

async function askOne(row: GoldenRow, shell: Shell): Promise<GoldenAnswer> {
  const started = performance.now();
  const routed = await shell.call(`GET /route?q=${encodeURIComponent(row.query)}`);
  const latencyMs = performance.now() - started;
  if (!isGood(routed))
    throw new Complaint(
      () => [`GET /route: ${toText(routed.body["detail"]) || routed.status}`, ""],
      EXIT_CODES.failed,
    );
  const candidates = toJsonList(routed.body["candidates"]).map((one) => ({
    skill: toText(one["skill"]),
    confidence: toNumber(one["confidence"]) ?? 0,
  }));
  const isFound = routed.body["decision"] !== "no_skill_found";
  const isRight = row.skill !== null && candidates[0]?.skill === row.skill;
  const understood = isRight && Object.keys(row.values).length > 0 ? await understand(row, shell) : null;
  return {
    row,
    candidates,
    isFound,
    latencyMs,
    input: understood === null ? null : toJson(understood["input"]),
    read: toJsonList(understood?.["understood"]).map((one) => toText(one["name"])),
  };
}

/** Only what the sentence says: a trial run on practice data, which no limit stops and nothing leaves. */
async function understand(row: GoldenRow, shell: Shell): Promise<Json> {
  const { body } = await shell.call("POST /run", {
    json: {
      query: row.query,
      skill: row.skill,
      dry_run: true,
      practice: true,
      ...(row.askedAt === "" ? {} : { asked_at: row.askedAt }),
    },
  });
  const input = toField(body, "input");
  return input === undefined ? {} : body;
}
