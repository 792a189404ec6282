// The list of commands as a page: docs/cli.md is exactly this, and a test holds it.
import { toPlain } from "../../../kernel/domain/text.ts";
import { EXIT_CODE_MEANINGS, EXIT_CODES } from "../../exit-codes.ts";
import type { Command, Option } from "../command.ts";

/** Options of every command. */
export const GLOBAL_OPTIONS: readonly Option[] = [
  {
    flags: "--json",
    summary: {
      en: "print the API's answer as JSON; never ask",
      ru: "напечатать ответ API как JSON; ничего не спрашивать",
    },
  },
  { flags: "--root <dir>", summary: { en: "the skills folder", ru: "папка навыков" } },
  {
    flags: "--role <role>",
    summary: {
      en: "act with this role (never more than the key allows)",
      ru: "действовать в этой роли (не больше, чем разрешает ключ)",
    },
  },
  {
    flags: "--jwt <token>",
    summary: { en: "a token instead of this computer's key", ru: "токен вместо ключа этого компьютера" },
  },
];

export function toHelpPage(commands: readonly Command[]): string {
  const lines = [
    "# The `skillos` command",
    "",
    "In the folder of the project: `npx skillos …`. It is a client of the HTTP API: it uses the server that runs, or starts",
    "one in the background that ends by itself. `skillos COMMAND --help` says the same as this page, which is made from the",
    "commands themselves.",
    "",
    "On a terminal it asks for what is missing. Under `--json`, or without a terminal, it never asks: the exit code says what",
    "is needed. Colours are only for terminals (`NO_COLOR` turns them off). `SKILLOS_URL` and `SKILLOS_API_KEY` lead to another server.",
    "",
    "Every command takes",
    "",
    ...GLOBAL_OPTIONS.map(toOptionLine),
    "",
    ...commands.flatMap(toSection),
    "## Exit codes",
    "",
    "| code | meaning |",
    "|---|---|",
    ...Object.entries(EXIT_CODES).map(([name, code]) => `| ${code} | ${toMeaning(name)} |`),
    "",
    "More in [exit-codes.md](exit-codes.md).",
    "",
  ];
  return lines.join("\n");
}

function toMeaning(name: string): string {
  const known: Readonly<Record<string, { readonly en: string }>> = EXIT_CODE_MEANINGS;
  return known[name]?.en ?? "";
}

function toSection(command: Command): readonly string[] {
  const usage = ["skillos", command.name, command.words ?? ""].filter((part) => part !== "").join(" ");
  const also = command.aliases === undefined ? "" : ` (also \`${command.aliases.join("`, `")}\`)`;
  return [
    `## \`${usage}\``,
    "",
    `${command.summary.en[0]?.toUpperCase() ?? ""}${command.summary.en.slice(1)}${also}.`,
    "",
    ...(command.options === undefined ? [] : [...command.options.map(toOptionLine), ""]),
    ...(command.examples === undefined
      ? []
      : ["```", ...command.examples.map((example) => toPlain(example, "en")), "```", ""]),
  ];
}

function toOptionLine({ flags, summary }: Option): string {
  return `- \`${flags}\`: ${summary.en}`;
}
