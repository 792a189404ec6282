// The `skillos` command: reads the words, finds the command, tells its mistakes. Everything else is in commands/.
import { resolve } from "node:path";
import { debuglog } from "node:util";
import { CommanderError } from "commander";
import { EXIT_CODES } from "../exit-codes.ts";
import { Interrupted, toAsker } from "./ask.ts";
import { type Call, ConnectionLost, type Server, toCall } from "./client.ts";
import type { Command, Given } from "./command.ts";
import { toText } from "./json.ts";
import { toProgram, toUsageComplaint } from "./program.ts";
import { type Screen, toScreen } from "./screen.ts";
import { Complaint, type Local, type Place, type Shell, toView } from "./shell.ts";
import { toUsageLines } from "./show/problem.ts";
import { toSystemLocale, USAGE, WORDS } from "./words/words.ts";

export interface Start {
  readonly argv: readonly string[];
  readonly version: string;
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly local: Local;
  /** The owner of this state directory: the one that runs, or one that it starts. */
  readonly ensureServer: (place: { stateDir: string; skillsDir: string }) => Promise<Server>;
}

export async function main(start: Start): Promise<number> {
  let exitCode: number = EXIT_CODES.ok;
  // Before anything is written, commander's help among it: whoever reads may stop reading.
  const screen = toScreen(process.stdout, process.stderr, start.environment);
  const program = toProgram(
    { version: start.version, locale: toSystemLocale(start.environment) },
    async (command, given) => {
      exitCode = await runCommand(command, given, start);
    },
  );
  try {
    await program.parseAsync([...start.argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return tellUsage(error, start, screen);
    throw error;
  }
}

function tellUsage(error: CommanderError, { argv, environment }: Start, screen: Screen): number {
  if (error.exitCode === 0) return EXIT_CODES.ok;
  const complaint = toUsageComplaint(error, argv);
  const listening = { screen, locale: toSystemLocale(environment), isJson: argv.includes("--json") };
  return complaint === null ? EXIT_CODES.usage : complain(complaint, listening);
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
    return complain(new Complaint(({ noAnswer }) => noAnswer(error.url), EXIT_CODES.later), shell);
  // NODE_DEBUG=skillos: with its stack, for those who mend this program.
  if (debuglog("skillos").enabled) throw error;
  const message = error instanceof Error ? error.message : String(error);
  return complain(new Complaint(({ unexpected }) => unexpected(message), EXIT_CODES.failed), shell);
}

type Listening = Pick<Shell, "screen" | "locale" | "isJson">;

function complain({ told, exitCode }: Complaint, shell: Listening): number {
  const [message, fix] = told(USAGE[shell.locale]);
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
    local: start.local,
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
