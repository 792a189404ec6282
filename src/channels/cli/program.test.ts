// Every mistake in the words of a command, as commander finds it and as it is told.
import { CommanderError } from "commander";
import { describe, expect, it } from "vitest";
import { toProgram, toUsageComplaint } from "./program.ts";
import { USAGE } from "./words/words.ts";

async function tell(argv: readonly string[]): Promise<Record<"en" | "ru", readonly string[]> | null> {
  try {
    await toProgram("0", () => Promise.resolve()).parseAsync([...argv], { from: "user" });
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
      ["The command needs: skill", "How it is written: `npx skillos run-skill --help`."],
      "Команде не хватает: skill",
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
      "После --file <file> нужно значение.",
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
