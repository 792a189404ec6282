// Every mistake in the words of a command, as commander finds it and as it is told.
import { CommanderError } from "commander";
import { describe, expect, it } from "vitest";
import { toProgram, toUsageComplaint } from "./program.ts";
import { COMMANDS } from "./commands/index.ts";
import { USAGE } from "./words/words.ts";

async function tell(argv: readonly string[]): Promise<Record<"en" | "ru", readonly string[]> | null> {
  try {
    await toProgram({ version: "0", locale: "en" }, () => Promise.resolve()).parseAsync([...argv], {
      from: "user",
    });
  } catch (error) {
    const complaint = error instanceof CommanderError ? toUsageComplaint(error, argv) : null;
    return complaint && { en: complaint.told(USAGE.en), ru: complaint.told(USAGE.ru) };
  }
  return null;
}

describe("a mistake in the words of a command", () => {
  it.each([
    [
      ["fly"],
      ["Unknown command: fly", "`npx skillos --help` lists what there is."],
      "Такой команды нет: fly",
    ],
    [
      ["runn", "x"],
      ["Unknown command: runn", "Did you mean run? `npx skillos --help` lists what there is."],
      null,
    ],
    [
      ["runs", "resolve", "r-1", "--hapened", "yes"],
      [
        "Unknown option: --hapened",
        "Did you mean --happened? `npx skillos runs resolve --help` lists the options.",
      ],
      "Такого параметра нет: --hapened",
    ],
    [
      ["run-skill"],
      ["The command needs: <skill>", "How it is written: `npx skillos run-skill --help`."],
      "Команде не хватает: <навык>",
    ],
    [
      ["run-skill", "a/b", "c", "d"],
      [
        "One word too many: c, d",
        "What has spaces goes in quotes. How the command is written: `npx skillos run-skill --help`.",
      ],
      "Лишнее слово: c, d",
    ],
    [
      ["run", "x", "--file"],
      ["--file <file> needs a value after it.", ""],
      "После --file <файл> нужно значение.",
    ],
  ])("%j is told in both languages", async (argv, en, ru) => {
    const told = await tell(argv);
    expect(told?.en).toEqual(en);
    if (ru !== null) expect(told?.ru[0]).toBe(ru);
  });

  it("is none when a sentence has no quotes", async () => {
    expect(await tell(["run", "find", "tenders", "for", "desks", "--json"])).toBeNull();
  });
});

/** What --help writes: of all commands, or of the one that these words name. */
async function help(locale: "en" | "ru", words: readonly string[] = []): Promise<string> {
  const written: string[] = [];
  const program = toProgram({ version: "0", locale }, () => Promise.resolve());
  // The same settings object as every command's: what it holds is written where --help of any of them writes.
  program.configureOutput(
    Object.assign(program.configureOutput(), {
      writeOut: (text: string) => written.push(text),
      getOutHelpWidth: () => 1_000,
    }),
  );
  try {
    await program.parseAsync([...words, "--help"], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
  }
  return written.join("");
}

describe("--help", () => {
  it("is Russian for a Russian reader", async () => {
    const shown = await help("ru", ["run"]);
    expect(shown).toContain("Как писать: skillos run [параметры] <запрос...>");
    expect(shown).toContain("--file <файл>");
    expect(shown).toContain('skillos run "сколько я заработаю');
    expect(shown).toMatch(/^ {2}-h, --help +показать эту справку$/m);
  });

  it("stays English for everybody else", async () => {
    expect(await help("en", ["run"])).toContain("Usage: skillos run [options] <request...>");
  });

  it.each(["", ...COMMANDS.map(({ name }) => name)])(
    "has no line without Russian: skillos %s",
    async (name) => {
      const shown = await help("ru", name === "" ? [] : name.split(" "));
      const [text = ""] = shown.split("Например:");
      const lines = text.split("\n").filter((line) => line.trim() !== "");
      expect(lines.filter((line) => !/[а-яё]/i.test(line))).toEqual([]);
      expect(text.match(/<[a-z=|-]+(?:\.\.\.)?>|\[[a-z-]+\]/g) ?? []).toEqual([]);
    },
  );
});
