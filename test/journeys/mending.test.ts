// What the command line says when something is wrong or missing, and taking away what was made.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { Desk } from "./desk.ts";
import { Place } from "./server.ts";
import { hasTerminal, runPlain } from "./terminal.ts";

const desk = Desk.use();
const { cwd, run, type } = desk;

describe("a mistake is mended in its own words", () => {
  it.each([
    ["привет", /npx skillos run "[а-я]/, /Я делаю то, что умеют мои навыки/],
    ["hello there", /npx skillos run "[a-z]/, /Nothing I can do/],
  ])("shows what one can ask where nothing is near: %s", async (query, example, what) => {
    const { text, exitCode } = await run("run", query);
    expect(exitCode).toBe(6);
    expect(text).toMatch(what);
    expect(text.match(new RegExp(example, "g"))?.length).toBeGreaterThanOrEqual(2);
    expect(text).toContain("`npx skillos skills`");
    expect(text).toContain("`npx skillos add-skill shop/my_skill`");
  });

  it.each([
    [["runs", "--limit", "abc"], "✗ --limit abc: a whole number is needed, 1–200.", "For example: --limit 5"],
    [["runs", "--limit", "0"], "✗ --limit 0: a whole number is needed, 1–200.", "--limit 5"],
    [["job", "work", "--timeout", "soon"], "✗ --timeout soon: a whole number is needed", "--timeout 5"],
    [["budgets", "set", "--on-low", "foo"], "✗ --on-low foo", "--on-low degrade"],
  ])("says what a flag takes: %j", async (typed, what, mend) => {
    const { lines, text, exitCode } = await run(...typed);
    expect(exitCode).toBe(2);
    expect(lines[0]).toContain(what);
    expect(text).toContain(mend);
  });

  it.each([
    ["run-skill", "oysters/calculate_margn"],
    ["run-skill", "calculate_margin"],
    ["test", "oyster/calculate_margin"],
    ["feedback", "finance/convert_currency", "--expected-skill-id", "oysters/calculate_margni"],
    ["runs", "--skill", "oysters/calculat_margin"],
    ["webhook", "add", "calculate_margin", "--id", "w"],
    ["schedule", "add", "oysters/calculate-margin", "--cron", "0 8 * * 1"],
    ["deprecate-skill", "oysters/calculate_marge", "--reason", "old"],
  ])("names the skill that was meant: %s %s", async (...typed) => {
    const { text, exitCode } = await run(...typed);
    expect([2, 6]).toContain(exitCode);
    expect(text).toContain("Did you mean oysters/calculate_margin?");
  });

  it("says beside an answer that its file has a mistake, until it has none", async () => {
    const other = await Place.make();
    const folder = join(cwd, "broken-skills");
    const environment = { ...other.environment, SKILLOS_ROOT: folder };
    const ask = (...typed: readonly string[]) => runPlain(typed, { cwd, environment });
    const toBroken = () =>
      readFileSync(join(other.stateDir, "broken-files.json"), { encoding: "utf8", flag: "a+" });
    const until = async (isSo: () => boolean) => {
      for (let tries = 0; tries < 500 && !isSo(); tries += 1) await pause(10);
    };
    try {
      await ask("add-skill", "boxes/count");
      const count = ["run-skill", "boxes/count", "--set", "amount=2"];
      expect((await ask(...count)).text).not.toContain("mistake");
      const file = join(folder, "boxes", "count.yaml");
      const good = readFileSync(file, "utf8");
      writeFileSync(file, good.replace("input.amount * 2", "input.amuont * 2"));
      await until(() => toBroken().includes("boxes/count.yaml"));
      const { text, exitCode } = await ask(...count);
      expect(exitCode).toBe(0);
      expect(text).toMatch(
        /^! broken-skills\/boxes\/count\.yaml:\d+ has a mistake since \d+ \w+ \d+, \d\d:\d\d: its earlier version answers/m,
      );
      writeFileSync(file, good);
      await until(() => !toBroken().includes("boxes/count.yaml"));
      expect((await ask(...count)).text).not.toContain("mistake");
    } finally {
      await other.end();
    }
  });
});

describe("what can be made can be taken away", () => {
  const payload = join(cwd, "order.json");
  const secret = "a-secret-of-a-test";

  it("webhooks, and why a delivery is not believed", async () => {
    writeFileSync(payload, '{"kg": 40, "price": 1900}');
    const add = ["webhook", "add", "oysters/calculate_margin", "--id", "shop"];
    const bare = await run(...add);
    expect({
      exitCode: bare.exitCode,
      told: bare.text.includes('--secret "$(openssl rand -hex 16)"'),
    }).toEqual({
      exitCode: 2,
      told: true,
    });
    const short = [...add, "--secret", "fifteen-letters"];
    expect((await run(...short)).text).toContain(
      'A webhook\'s secret has at least 16 characters, and this one has 15. Nothing was made.\n  Make one that nobody guesses: `--secret "$(openssl rand -hex 16)"`.',
    );
    const environment = { ...desk.place.environment, LANG: "ru_RU.UTF-8" };
    expect((await runPlain(short, { cwd, environment })).text).toContain(
      "В секрете вебхука не меньше 16 знаков, а в этом 15. Ничего не создано.",
    );
    const made = await run(...add, "--secret", secret);
    expect(made.lines[1]).toBe("  Every delivery must give: kg, price");
    expect((await run("webhook", "list")).text).toMatch(/shop +oysters\/calculate_margin +skillos/);

    const deliver = (...rest: readonly string[]) => run("webhook", "handle", "--path", payload, ...rest);
    expect((await deliver("--id", "shopp")).text).toContain("There is no webhook shopp.\n  There is: shop");
    expect((await deliver("--id", "shop")).text).toContain("has no signature");
    const wrong = await deliver("--id", "shop", "--signature", "t=1,v1=00");
    expect(wrong.text).toContain("The signature does not fit");
    expect(wrong.exitCode).toBe(5);

    expect((await run("webhook", "remove", "shop")).lines).toEqual(["✓ shop is removed"]);
    expect((await run("webhook", "list")).lines).toEqual(["Nothing here yet."]);
    expect((await run("webhook", "remove", "shop")).exitCode).toBe(6);
  });

  it("schedules", async () => {
    const add = ["schedule", "add", "oysters/get_pricelist", "--cron", "0 8 * * 1"];
    const { id } = JSON.parse((await run(...add, "--json")).text);
    expect((await run("schedule", "remove", id)).lines).toEqual([`✓ ${id} is removed`]);
    expect((await run("schedule", "remove", id)).exitCode).toBe(6);
    const needy = await run(
      "schedule",
      "add",
      "oysters/calculate_margin",
      "--cron",
      "0 8 * * 1",
      "--set",
      "kg=4",
    );
    expect(needy.text).toContain("Missing: price");
    expect(needy.text).toContain("`--set price=…`");
  });

  it("tables, unless the file is something else than its name says", async () => {
    writeFileSync(join(cwd, "book.csv"), "PK\u0003\u0004 … xl/workbook.xml …");
    const { text, exitCode } = await run("data", "import", "boxes", "book.csv");
    expect(exitCode).toBe(2);
    expect(text).toContain("It is an Excel workbook");
    expect(text).toContain("ends in .xlsx, or save it in Excel as CSV UTF-8");
    expect(text).not.toContain("PK");
  });

  it("tables, from a list in JSON too", async () => {
    writeFileSync(join(cwd, "boxes.json"), '[{"size": "big", "count": 3, "sealed": true}]');
    const { lines } = await run("data", "import", "crates", "boxes.json");
    expect(lines[0]).toMatch(/^✓ 1 row in the table crates/);
    writeFileSync(join(cwd, "boxes.json"), '{"rows": []}');
    const wrong = await run("data", "import", "crates", "boxes.json");
    expect(wrong.exitCode).toBe(2);
    expect(wrong.text).toContain("Send a list of flat rows");
  });

  it("tables, and in Russian where the system is", async () => {
    const environment = { ...desk.place.environment, LANG: "ru_RU.UTF-8" };
    const ask = (...typed: readonly string[]) => runPlain(typed, { cwd, environment });
    writeFileSync(join(cwd, "empty.csv"), "a;b\n");
    expect((await ask("data", "import", "boxes", "empty.csv")).text).toContain(
      "В файле нет строк с данными.",
    );
    expect((await ask("data", "import", "boxes", "absent.csv")).lines).toEqual([
      "✗ Файла absent.csv нет.",
      "  Проверьте путь: он считается от этой папки.",
    ]);
    const checked = await ask("validate", "--check-entrypoints");
    expect(checked.text).toMatch(/коннектору \w+ нужен \w+: `npx skillos secrets init/);
    expect((await ask("fly")).lines[0]).toBe("✗ Такой команды нет: fly");
  });

  it("tables, after a yes", async () => {
    writeFileSync(join(cwd, "boxes.csv"), "size;count\nbig;3\n");
    await run("data", "import", "boxes", "boxes.csv");
    const again = await run("data", "import", "boxes", "boxes.csv");
    expect(again.lines).toEqual(["✓ 1 row in the table boxes; 1 row of your own replaced"]);
    if (hasTerminal) {
      const replace = ["data", "import", "boxes", "boxes.csv"];
      const kept = await type(["maybe", "no"], ...replace);
      expect(kept.text).toContain(
        "The table boxes holds 1 row of your own. Replace it with the file? It cannot be undone. (yes / no)",
      );
      expect(kept.exitCode).toBe(5);
      expect(kept.text).not.toContain("✓");
      expect((await type(["yes"], ...replace)).text).toContain("1 row of your own replaced");
      expect((await type([], ...replace, "--yes")).text).toContain("1 row of your own replaced");
    }
    const asked = await run("data", "drop", "boxes");
    expect(asked.exitCode).toBe(3);
    expect(asked.text).toContain("npx skillos data drop boxes --yes");
    expect((await run("data", "drop", "boxes", "--json")).exitCode).toBe(3);
    expect((await run("data", "drop", "boxe", "--yes")).text).toContain("Did you mean boxes?");
    if (hasTerminal) {
      const no = await type(["maybe", "no"], "data", "drop", "boxes");
      expect(no.text).toContain("Delete the table boxes with 1 row? It cannot be undone. (yes / no)");
      expect(no.exitCode).toBe(5);
    }
    expect((await run("data", "drop", "boxes", "--yes")).lines).toEqual([
      "✓ the table boxes is gone, with 1 row",
    ]);
  });

  it("practice data, which can be had back", async () => {
    const gone = await run("data", "drop", "batches", "--yes");
    expect(gone.lines.at(-1)).toBe("  Its practice data again: npx skillos data practice batches");
    const margin = await run("run", "what do I earn on 40 kg of oysters at 1900 per kg");
    expect(margin.text).toContain("There is no table batches.");
    expect((await run("data", "practice", "batche")).text).toContain("Did you mean batches?");
    expect((await run("data", "practice")).lines).toEqual(["✓ 12 rows in the table batches (practice data)"]);
    const asked = await run("data", "practice", "batches");
    expect(asked.text).toContain("would be replaced by its practice data");
    expect(asked.text).toContain("npx skillos data practice batches --yes");
    expect((await run("data", "practice", "batches", "--yes")).exitCode).toBe(0);
  });
});
