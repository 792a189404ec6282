// The `skillos` command: reads the words, finds the command, tells its mistakes. Everything else is in commands/.
import { resolve } from "node:path";
import { debuglog } from "node:util";
import { Command as Program, CommanderError } from "commander";
import { EXIT_CODES } from "../exit-codes.ts";
import { Interrupted, toAsker } from "./ask.ts";
import { type Call, ConnectionLost, type Server, toCall } from "./client.ts";
import type { Command, Given } from "./command.ts";
import { COMMANDS } from "./commands/index.ts";
import { toText } from "./json.ts";
import { toScreen } from "./screen.ts";
import { Complaint, type Place, type Shell, toView } from "./shell.ts";
import { GLOBAL_OPTIONS } from "./show/help-page.ts";
import { toUsageLines } from "./show/problem.ts";
import { toSystemLocale, WORDS } from "./words/words.ts";

export interface Start {
  readonly argv: readonly string[];
  readonly version: string;
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The owner of this state directory: the one that runs, or one that it starts. */
  readonly ensureServer: (place: { stateDir: string; skillsDir: string }) => Promise<Server>;
}

export async function main(start: Start): Promise<number> {
  let exitCode: number = EXIT_CODES.ok;
  const program = new Program("skillos")
    .description(
      "Turns a sentence into work that is routed, forecast, permitted, budgeted, approved, done and explained.",
    )
    .version(start.version, "-V, --version")
    .exitOverride()
    .showHelpAfterError("(skillos --help lists what there is)")
    .configureHelp({ showGlobalOptions: false });
  for (const command of COMMANDS)
    addCommand(program, command, async (given) => {
      exitCode = await runCommand(command, given, start);
    });
  try {
    await program.parseAsync([...start.argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
    throw error;
  }
}

function addCommand(program: Program, command: Command, act: (given: Given) => Promise<void>): void {
  const names = command.name.split(" ");
  const parent = names
    .slice(0, -1)
    .reduce(
      (group, name) =>
        group.commands.find((one) => one.name() === name) ??
        group.command(name).summary(`skillos ${name} --help lists what there is`),
      program,
    );
  const existing = parent.commands.find((one) => one.name() === names.at(-1));
  const made = (existing ?? parent.command(names.at(-1) ?? ""))
    .description(command.summary)
    .summary(command.summary);
  if (command.aliases) made.aliases([...command.aliases]);
  for (const word of command.words?.match(/<[^>]+>|\[[^\]]+\]/g) ?? []) made.argument(word);
  for (const { flags, summary, many } of command.options ?? []) {
    if (many === true)
      made.option(flags, summary, (value: string, all: string[] | undefined) => [...(all ?? []), value]);
    else made.option(flags, summary);
  }
  for (const { flags, summary } of GLOBAL_OPTIONS) made.option(flags, summary);
  if (command.examples)
    made.addHelpText(
      "after",
      `\nFor example:\n${command.examples.map((example) => `  ${example}`).join("\n")}`,
    );
  made.exitOverride().action(async () => act({ words: made.args, options: made.opts() }));
}

async function runCommand(command: Command, given: Given, start: Start): Promise<number> {
  const shell = toShell(given, start);
  try {
    return await command.run(given, shell);
  } catch (error) {
    return tell(error, shell);
  }
}

function tell(error: unknown, shell: Shell): number {
  const view = toView(shell);
  if (error instanceof Interrupted) {
    shell.screen.warn(["", view.words.notDone]);
    return EXIT_CODES.failed;
  }
  if (error instanceof Complaint) return complain(error, shell);
  if (error instanceof ConnectionLost)
    return complain(
      new Complaint(error.message, "Is it running? npx skillos doctor says what is wrong.", EXIT_CODES.later),
      shell,
    );
  // NODE_DEBUG=skillos: with its stack, for those who mend this program.
  if (debuglog("skillos").enabled) throw error;
  return complain(
    new Complaint(
      error instanceof Error ? error.message : String(error),
      "npx skillos doctor looks for the cause.",
      EXIT_CODES.failed,
    ),
    shell,
  );
}

function complain({ message, fix, exitCode }: Complaint, shell: Shell): number {
  if (shell.isJson)
    shell.screen.show([JSON.stringify({ title: message, fix, exit_code: exitCode }, null, 2)]);
  else shell.screen.warn(toUsageLines(message, fix, toView(shell)));
  return exitCode;
}

function toShell(given: Given, start: Start): Shell {
  const { environment } = start;
  const screen = toScreen(process.stdout, process.stderr, environment);
  const isAsJson = given.options["json"] === true;
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
  const place = toPlace(given, start);
  const locale = toSystemLocale(environment);
  return {
    call: toLazyCall(given, {
      start,
      place,
      waiting: (server) => screen.during(WORDS[locale].starting, server),
      locale,
    }),
    screen,
    asker:
      isTerminal && !isAsJson
        ? toAsker({ input: process.stdin, output: process.stdout, paint: screen.paint })
        : null,
    isJson: isAsJson,
    place,
    locale,
  };
}

/** Another skills folder has a state of its own: two folders in one registry would hide each other's skills. */
function toPlace(given: Given, { root, environment }: Start): Place {
  const usual = resolve(root, environment["SKILLOS_ROOT"] || "skills");
  const wanted = toText(given.options["root"]);
  const skillsDir = wanted === "" ? usual : resolve(wanted);
  const named = environment["SKILLOS_STATE_DIR"];
  const own = skillsDir === usual ? ".skillos" : resolve(skillsDir, "..", ".skillos");
  return { root, stateDir: resolve(root, named || own), skillsDir, cwd: process.cwd(), environment };
}

interface Connecting {
  readonly start: Start;
  readonly place: Place;
  readonly waiting: (server: Promise<Server>) => Promise<Server>;
  readonly locale: Shell["locale"];
}

/** No server is looked for before the first call: --help and validate need none. */
function toLazyCall(given: Given, { start, place, waiting, locale }: Connecting): Call {
  let calling: Promise<Call> | null = null;
  const connect = async (): Promise<Call> => {
    const server = await findServer(given, { start, place, waiting });
    const role = toText(given.options["role"]);
    return toCall(server, {
      accept: "application/json",
      "accept-language": locale,
      "x-skillos-channel": "cli",
      ...(role === "" ? {} : { "x-skillos-role": role }),
    });
  };
  return async (route, content) => {
    calling ??= connect();
    return (await calling)(route, content);
  };
}

async function findServer(
  given: Given,
  { start, place, waiting }: Omit<Connecting, "locale">,
): Promise<Server> {
  const { environment } = start;
  const token = toText(given.options["jwt"]);
  const remote = environment["SKILLOS_URL"];
  const server = remote
    ? { url: remote, token: environment["SKILLOS_API_KEY"] ?? "" }
    : await waiting(start.ensureServer(place));
  return token === "" ? server : { ...server, token };
}
