// The command line as people and scripts use it: with no server, with one, on a terminal and in a pipe.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Desk } from "./desk.ts";
import { hasTerminal, runPlain } from "./terminal.ts";

const root = join(import.meta.dirname, "..", "..");
const desk = Desk.use();
const { cwd, run, type } = desk;

/** What differs from run to run. */
function toMasked(lines: readonly string[]): readonly string[] {
  return lines.map((line) =>
    line
      .replaceAll(/\b([rq])-[0-9a-z]{6}\b/g, "$1-ID")
      .replaceAll(/(?<!\d)\d+ (ms|мс)(?= )/g, "N $1")
      .replaceAll(/\b\d{2}:\d{2}\b/g, "HH:MM")
      .replaceAll(/([Pp]lan) [0-9a-f]{4}\b/g, "$1 HASH")
      .replaceAll(/\d+ % sure/g, "N % sure")
      .replaceAll(/уверен на \d+ %/g, "уверен на N %")
      .replaceAll(/--expected-skill-id \S+/g, "--expected-skill-id SKILL")
      .replaceAll(/Risk \d+ of 20/g, "Risk N of 20"),
  );
}

describe("without a server", () => {
  it("starts one and answers", async () => {
    const { lines, exitCode } = await run("run", "what do I earn on 40 kg of oysters at 1900 per kg");
    expect(exitCode).toBe(0);
    expect(lines).toContain("Profit 26,200 ₽, margin 36.3 %");
    expect(desk.place.owner.ready).toBe(true);
  });

  it("says what is wrong with the words themselves", async () => {
    for (const empty of [["run"], ["run", " "], ["route", ""]]) {
      const { text, exitCode } = await run(...empty);
      expect({ exitCode, first: text.split("\n")[0] }).toEqual({
        exitCode: 2,
        first: "✗ What do you want done? The sentence is empty.",
      });
      expect(text).toContain(`npx skillos ${empty[0]} "what do I earn`);
    }
    expect((await run("fly")).text).toContain("Unknown command: fly");
    expect((await run("run", "x", "--set", "kg")).exitCode).toBe(2);
    expect((await run("run", "x", "--file", "absent.txt")).text).toContain("There is no file absent.txt");
  });
});

describe("with a server elsewhere", () => {
  it("says that it does not answer, over https too", async () => {
    const environment = {
      ...desk.place.environment,
      SKILLOS_URL: "https://127.0.0.1:1",
      SKILLOS_API_KEY: "sk_x",
    };
    const { text } = await runPlain(["runs"], { cwd, environment });
    expect(text).toContain("https://127.0.0.1:1 does not answer");
  });
});

describe("in a pipe", () => {
  it("never asks: the JSON and the exit code say what is missing", async () => {
    const { text, exitCode } = await run("run", "посчитай маржу на 40 кг устриц", "--json");
    expect(exitCode).toBe(3);
    expect(JSON.parse(text)).toMatchObject({
      status: "needs_input",
      missing: [{ name: "price", ask: "По какой цене продаёте, ₽ за кг?" }],
    });
    const plain = await run("run", "посчитай маржу на 40 кг устриц");
    expect(plain.exitCode).toBe(3);
    expect(plain.lines.at(-1)).toBe("  --set price=…  По какой цене продаёте, ₽ за кг?");
  });

  it("takes a sentence without quotes", async () => {
    const words = ["what", "do", "I", "earn", "on", "40", "kg", "of", "oysters", "at", "1900", "per", "kg"];
    const { text, exitCode } = await run("run", ...words, "--json");
    expect({ exitCode, skill: JSON.parse(text).skill }).toEqual({
      exitCode: 0,
      skill: "oysters/calculate_margin",
    });
    expect((await run("route", "show", "the", "price", "list")).text).toContain("oysters/get_pricelist");
    expect((await run("eval", "1", "+", "1")).lines).toEqual(["2"]);
    expect((await run("eval", "1 / 0")).text).toContain("  Change the expression; docs/skills.md says how");
  });

  it("queues nothing that lacks a value", async () => {
    const { lines, exitCode } = await run("job", "enqueue", "oysters/calculate_margin", "--set", "kg=40");
    expect({ exitCode, last: lines.at(-1) }).toEqual({
      exitCode: 3,
      last: "  --set price=…  Your price per kg?",
    });
  });

  it("takes values by name, as people write them", async () => {
    const { text } = await run(
      "run-skill",
      "oysters.calculate_margin",
      "--set",
      "kg=40",
      "--set",
      "price=1 900,00",
      "--json",
    );
    expect(JSON.parse(text)).toMatchObject({ status: "succeeded", result: { profit: 26200 } });
  });

  it("answers with the exit code of what happened", async () => {
    expect((await run("run", "how heavy is the moon in elephants")).exitCode).toBe(6);
    expect((await run("run-skill", "oysters/absent")).exitCode).toBe(6);
    expect((await run("runs", "r-aaaaaa")).exitCode).toBe(6);
    expect((await run("run-skill", "oysters/calculate_margin", "--set", "kg=many")).exitCode).toBe(2);
    expect((await run("run-skill", "oysters/get_pricelist", "--jwt", "a.b.c")).exitCode).toBe(5);
  });

  it("waits for a yes with exit code 7, and takes it later", async () => {
    const asked = await run("run-skill", "oysters/delete_old_quotes", "--set", "before=2024-01-01", "--json");
    // No draft is that old: there is nothing to ask about.
    expect(asked.exitCode).toBe(0);
    const waiting = await run("run", "delete draft quotes older than this year", "--execute", "--json");
    expect(waiting.exitCode).toBe(7);
    const { approval } = JSON.parse(waiting.text);
    expect((await run("approvals")).text).toContain("Delete old draft quotes");
    const denied = await run("approvals", "deny", approval.id);
    expect(denied.exitCode).toBe(0);
    expect(denied.text).toContain("Your no was taken");
    expect((await run("approvals")).lines).toEqual(["Nothing waits for a yes."]);
  });
});

describe("making a skill", () => {
  it("scaffolds one that is valid, and names the place of a mistake in it", async () => {
    const folder = join(cwd, "skills");
    expect((await run("add-skill", "boxes/count", "--root", folder)).exitCode).toBe(0);
    expect((await run("validate", "--root", folder)).lines).toEqual(["✓ 1 skill valid"]);
    expect((await run("add-skill", "boxes/count", "--root", folder)).exitCode).toBe(8);
    const file = join(folder, "boxes", "count.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace("input.amount * 2", "input.amuont * 2"));
    const { text, exitCode } = await run("validate-skills", "--root", folder);
    expect(exitCode).toBe(1);
    expect(text).toMatch(/count\.yaml:\d+:\d+ /);
    expect(text).toContain("amount");
  });

  it("runs the cases of a skill, with the files they name", async () => {
    const { lines, exitCode } = await run("test", "zakupki/analyze_document");
    expect(lines.join("\n")).toMatch(/^✓ zakupki\/analyze_document {2}\d+ passed, 0 failed$/);
    expect(exitCode).toBe(0);
  });
});

describe("looking", () => {
  it("finds this computer in order, and the files of the state private", async () => {
    const { text, exitCode } = await run("doctor", "--json");
    expect(JSON.parse(text)).toMatchObject({ healthy: true });
    expect(exitCode).toBe(0);
  });

  it("shows a table, and saves the file that a run made", async () => {
    const shown = await run("data", "show", "quotes", "--limit", "2");
    expect(shown.lines[0]).toMatch(/^number +customer +kg/);
    expect(shown.lines).toHaveLength(4);
    const { lines } = await run("run", "make a quote for Bistro Volna 20 kg at 2000 per kg", "--execute");
    const id = /^ {2}The file: npx skillos files get (r-\w{6})$/m.exec(lines.join("\n"))?.[1] ?? "";
    const [saved = ""] = (await run("files", "get", id)).lines;
    expect(saved).toMatch(/^✓ quote-\d+\.csv$/);
    expect(readFileSync(join(cwd, saved.slice(2)), "utf8")).toContain("Bistro Volna");
    expect((await run("files", "get", id)).text).toContain("is there already");
    expect((await run("files", "get", id, "volna.csv")).exitCode).toBe(0);
  });

  it("keeps, lists and explains runs", async () => {
    const { text } = await run("run-skill", "oysters/get_pricelist", "--json");
    const { short_id } = JSON.parse(text);
    expect((await run("runs")).text).toContain(short_id);
    expect((await run("logs", "--run", short_id)).text).toMatch(/list +sql +done/);
    expect((await run("eval", "size(list.rows)", "--run", short_id)).lines).toEqual(["12"]);
    expect((await run("logs")).text).toMatch(new RegExp(`${short_id} +done +oysters/get_pricelist`));
    expect((await run("logs", "--json")).text).toContain("execution_result");
  });
});

describe.skipIf(!hasTerminal)("on a terminal, the first ten minutes", () => {
  it("asks for the price", async () => {
    const { lines, exitCode } = await type(["abc", "1900"], "run", "посчитай маржу на 40 кг устриц");
    expect(exitCode).toBe(0);
    expect(toMasked(lines)).toEqual([
      "Понял так: «Прибыль и маржа с партии» (oysters/calculate_margin), уверен на N %",
      expect.stringMatching(/^ {2}kg = 40 {3}из слов «(на )?40 кг»$/),
      "? По какой цене продаёте, ₽ за кг?  abc",
      "  Нужно число, а дано «abc».",
      "? По какой цене продаёте, ₽ за кг?  1900",
      "Прибыль 26 200 ₽, маржа 36,3 %",
      "  Продажа 72 200 ₽ (40 кг минус 5 % потерь) − закупка 46 000 ₽ (1 150 ₽/кг, партия от 18 ноября, учебные данные)",
      "  Ничего не изменено · стоимость $0.00 (модель не нужна) · N мс · запуск r-ID",
      "  Ваши партии:    npx skillos data import batches партии.xlsx",
    ]);
  });

  it("stops before it spends more than is allowed", async () => {
    const tender = join(root, "samples", "tender.txt");
    const { lines, exitCode } = await type([], "run", "what does this tender require", "--file", tender);
    expect(exitCode).toBe(4);
    expect(toMasked(lines)).toEqual([
      'Understood: "Requirements from a tender document" (zakupki/analyze_document), N % sure',
      "✗ Stopped before spending anything",
      expect.stringMatching(
        /^ {2}240 pages could cost \$0\.12, or \$0\.06 with the cheaper model \(practice prices\)\. Your limit is \$0\.05 a request\.$/,
      ),
      expect.stringMatching(
        /^ {2}Today: \$0\.00 of \$0\.50 spent; the day starts again at HH:MM [\w ]+ time\. Do one of these:$/,
      ),
      `    fewer pages (up to $0.04)  npx skillos run "what does this tender require" --file ${tender} --set pages=1-80`,
      "    a higher limit             npx skillos budgets set --per-request-usd 0.12",
      "  budget_exceeded · request q-ID · docs/errors/budget_exceeded.md · exit code 4",
    ]);
  });

  it("shows a deletion, keeps its plan, asks, leaves one out, and does exactly the rest", async () => {
    const request = [
      "run",
      "delete draft quotes older than this year",
      "--execute",
      "--plan-path",
      "plan.json",
    ];
    const trial = await type([], ...request, "--dry-run");
    expect(toMasked(trial.lines).map((line) => line.replaceAll(" ₽", ""))).toEqual([
      'Understood: "Delete old draft quotes" (oysters/delete_old_quotes), N % sure',
      '  before = 1 January 2026   from "older than this year"',
      "Trial run: nothing was changed. If you go ahead, this",
      "  reads    quotes  3 rows",
      "  DELETES  quotes  3 rows, cannot be undone",
      "           1021  Bistro Volna  48,000  12 Mar 2025",
      "           1034  Café Pristan  17,500   2 Jun 2025",
      "           1040  Ivanov & Co    9,900  28 Nov 2025",
      "  Risk N of 20 (it deletes) · needs a yes from: owner · cost $0.00 · plan HASH saved in plan.json",
      "Next: the same command without --dry-run. It does exactly this, or stops if one of the 3 has changed.",
    ]);
    expect(existsSync(join(cwd, "plan.json"))).toBe(true);

    const declined = await type(["no"], ...request);
    expect(toMasked(declined.lines)).toEqual([
      "Plan HASH, unchanged since HH:MM: delete 3 draft quotes, cannot be undone.",
      "? Approve as owner? (yes / no / leave some out)  no",
      "Not approved: nothing was sent or changed.",
    ]);
    expect(declined.exitCode).toBe(5);

    const done = await type(["leave some out", "2", "yes"], ...request);
    expect(toMasked(done.lines).slice(-2)).toEqual([
      "✓ Deleted 2 of 3 · approved by you at HH:MM · practice data · cost $0.00 · N ms · run r-ID",
      "  Step by step: npx skillos logs --run r-ID",
    ]);

    const drifted = await type([], ...request);
    expect(drifted.lines[0]).toBe("✗ Something changed since you were shown the list");
    expect(drifted.exitCode).toBe(8);
  });

  it("tells a no calmly, and leaves the question open when nobody answers", async () => {
    const request = ["run", "удали черновики КП старше этого года", "--execute"];
    const no = await type(["нет"], ...request);
    expect(no.lines.at(-1)).toBe("Не подтверждено: ничего не отправлено и не изменено.");
    expect(no.exitCode).toBe(5);
    const [declined = {}] = JSON.parse((await run("runs", "--json")).text).runs;
    expect(declined).toMatchObject({ status: "failed", code: "approval_denied" });
    const told = await run("runs", declined.short_id);
    expect(told.lines[0]).toContain("· not approved ·");
    expect(told.text).not.toContain("✗");

    const left = await type(["\u0004"], ...request);
    expect(left.exitCode).toBe(7);
    expect(left.lines.slice(-2)).toEqual([
      "Не подтверждено: ничего не отправлено и не изменено.",
      expect.stringMatching(
        /^ {2}Ответа ждут: npx skillos approvals approve r-\w{6} \(или: approvals deny r-\w{6}\)$/,
      ),
    ]);
    const [open = {}] = JSON.parse((await run("runs", "--json")).text).runs;
    const shown = await run("runs", open.short_id);
    expect(shown.text).not.toContain("✓");
    expect(shown.text).toMatch(/It waits for an answer: npx skillos approvals approve r-/);
    const id = /approve (r-\w{6})/.exec(shown.text)?.[1] ?? "";
    expect((await run("approvals", "deny", id)).exitCode).toBe(0);
  });

  it("asks a run that waits, without a plan file", async () => {
    const { lines, exitCode } = await type(
      ["yes"],
      "run",
      "delete draft quotes older than this year",
      "--execute",
    );
    expect(lines.at(-2)).toContain("✓ Deleted 1 of 1 · approved by you");
    expect(exitCode).toBe(0);
  });
});
