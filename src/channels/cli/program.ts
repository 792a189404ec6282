// The commands as commander knows them, and its complaints in our words. It runs nothing.
import { Command as Program, type CommanderError } from "commander";
import { type Locale, toPlain } from "../../kernel/domain/text.ts";
import type { Command, Given } from "./command.ts";
import { COMMANDS } from "./commands/index.ts";
import { Complaint } from "./shell.ts";
import { GLOBAL_OPTIONS } from "./show/help-page.ts";
import { HELP } from "./words/help-words.ts";

interface Speaking {
  readonly version: string;
  /** Of --help. */
  readonly locale: Locale;
}

export function toProgram(
  { version, locale }: Speaking,
  act: (command: Command, given: Given) => Promise<void>,
): Program {
  const { say, ...words } = HELP[locale];
  const program = new Program("skillos")
    .description(words.about)
    .version(version, "-V, --version", words.version)
    .exitOverride()
    // Told by toUsageComplaint, in the reader's language.
    .configureOutput({ outputError: () => undefined })
    .configureHelp({
      showGlobalOptions: false,
      styleTitle: say,
      styleUsage: say,
      styleOptionTerm: say,
      styleOptionDescription: say,
      styleSubcommandTerm: say,
      styleSubcommandDescription: say,
    });
  for (const command of COMMANDS)
    addCommand(program, { command, locale, act: async (given) => act(command, given) });
  return program;
}

interface Added {
  readonly command: Command;
  readonly locale: Locale;
  readonly act: (given: Given) => Promise<void>;
}

function addCommand(program: Program, { command, locale, act }: Added): void {
  const words = HELP[locale];
  const names = command.name.split(" ");
  const parent = names
    .slice(0, -1)
    .reduce(
      (group, name) =>
        group.commands.find((one) => one.name() === name) ?? group.command(name).summary(words.group(name)),
      program,
    );
  const existing = parent.commands.find((one) => one.name() === names.at(-1));
  const made = (existing ?? parent.command(names.at(-1) ?? ""))
    .description(command.summary[locale])
    .summary(command.summary[locale]);
  if (command.aliases) made.aliases([...command.aliases]);
  for (const word of command.words?.match(/<[^>]+>|\[[^\]]+\]/g) ?? []) made.argument(word);
  for (const { flags, summary, many } of command.options ?? []) {
    if (many === true)
      made.option(flags, summary[locale], (value: string, all: string[] | undefined) => [
        ...(all ?? []),
        value,
      ]);
    else made.option(flags, summary[locale]);
  }
  for (const { flags, summary } of GLOBAL_OPTIONS) made.option(flags, summary[locale]);
  if (command.examples)
    made.addHelpText(
      "after",
      `\n${words.forExample}\n${command.examples.map((example) => `  ${toPlain(example, locale)}`).join("\n")}`,
    );
  made.exitOverride().action(async () => act({ words: made.args, options: made.opts() }));
}

const MEANT = /\(Did you mean (?:one of )?([^,?]+)/;
const QUOTED = /'([^']*)'/;
const TOO_MANY = /Expected (\d+) arguments? but got \d+: (.*)\.$/s;

/** Null: nothing is wrong with the words (help was shown, or the version). */
export function toUsageComplaint(error: CommanderError, argv: readonly string[]): Complaint | null {
  const meant = MEANT.exec(error.message)?.[1];
  const name = QUOTED.exec(error.message)?.[1] ?? "";
  const command = toCommandWords(argv);
  switch (error.code) {
    case "commander.unknownCommand":
      return new Complaint(({ unknownCommand }) => unknownCommand(name, meant));
    case "commander.unknownOption":
      return new Complaint(({ unknownOption }) => unknownOption(name, meant, command));
    case "commander.missingArgument":
      return new Complaint(({ missingWord, emptySentence }) =>
        name === "request" ? emptySentence(command.trim()) : missingWord(name, command),
      );
    case "commander.optionMissingArgument":
      return new Complaint(({ valueMissing }) => valueMissing(name));
    case "commander.excessArguments":
      return new Complaint(({ tooManyWords }) => tooManyWords(toExtra(error.message), command));
    default:
      return null;
  }
}

function toExtra(message: string): string {
  const [, expected = "0", words = ""] = TOO_MANY.exec(message) ?? [];
  return words.split(", ").slice(Number(expected)).join(", ");
}

/** `runs resolve ` of what was typed; empty where it names no command. */
function toCommandWords(argv: readonly string[]): string {
  const typed = argv.join(" ");
  const names = COMMANDS.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  const found = names.filter((name) => `${typed} `.startsWith(`${name} `));
  const longest = found.toSorted((a, b) => b.length - a.length)[0];
  return longest === undefined ? "" : `${longest} `;
}
