// The list of commands as a page: docs/cli.md is exactly this, and a test holds it.
import { EXIT_CODE_MEANINGS, EXIT_CODES } from "../../exit-codes.ts";
import type { Command, Option } from "../command.ts";

/** Options of every command. */
export const GLOBAL_OPTIONS: readonly Option[] = [
  { flags: "--json", summary: "print the API's answer as JSON; never ask" },
  { flags: "--root <dir>", summary: "the skills folder" },
  { flags: "--role <role>", summary: "act with this role (never more than the key allows)" },
  { flags: "--jwt <token>", summary: "a token instead of this computer's key" },
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
    `${command.summary[0]?.toUpperCase() ?? ""}${command.summary.slice(1)}${also}.`,
    "",
    ...(command.options === undefined ? [] : [...command.options.map(toOptionLine), ""]),
    ...(command.examples === undefined ? [] : ["```", ...command.examples, "```", ""]),
  ];
}

function toOptionLine({ flags, summary }: Option): string {
  return `- \`${flags}\`: ${summary}`;
}
