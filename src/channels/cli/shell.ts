// What every command is handed: the server, the screen, the person (if there is one), the places on this computer.
import type { Locale } from "../../kernel/domain/text.ts";
import type { Asker } from "./ask.ts";
import type { Call } from "./client.ts";
import { type Json, toJson, toText } from "./json.ts";
import { plain } from "./paint.ts";
import type { Screen } from "./screen.ts";
import type { View } from "./show/view.ts";
import type { Usage, UsageWords } from "./words/usage-en.ts";
import { USAGE, WORDS } from "./words/words.ts";

export interface Place {
  readonly root: string;
  readonly stateDir: string;
  readonly skillsDir: string;
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Files on this computer say nothing of another server. */
export function isServedHere({ environment }: Pick<Place, "environment">): boolean {
  return !environment["SKILLOS_URL"];
}

/** What the scripts that start SkillOS here know, and hand over: its rules are theirs. */
export interface Local {
  readonly isModern: (nodeVersion: string) => boolean;
  /** Null: it is no port. */
  readonly parsePort: (text: string | undefined) => number | null;
  /** The files of skills/ that cannot be read, by their path from there. */
  readonly loadBroken: (stateDir: string) => Readonly<Record<string, BrokenFile>>;
  /** The process that serves this state directory; null: none does. */
  readonly loadOwner: (stateDir: string) => Promise<LocalOwner | null>;
  readonly lookAtVault: (environment: NodeJS.ProcessEnv, stateDir: string) => VaultLook;
  /** Under which master key everything is from now on: for the next start, and for whoever looks while no server runs. */
  readonly noteMark: (stateDir: string, mark: string) => void;
  readonly listFiles: (directory: string) => readonly string[];
  readonly listTables: (directory: string) => readonly string[];
}

interface LocalOwner {
  readonly pid: number;
  readonly port: number;
  readonly masterKey?: VaultLook["source"] | undefined;
}

/** The master key at hand, and whether it opens what is kept (scripts/lib/master-key.mjs). */
export interface VaultLook {
  readonly source: "variable" | "file" | "none";
  readonly mark: string | null;
  readonly fileMark: string | null;
  /** The mark of the key that opens it; null: nothing is kept, as far as is known. */
  readonly needed: string | null;
  readonly malformed: string | null;
  readonly opens: boolean;
  readonly file: string;
}

interface BrokenFile {
  readonly line: number;
  readonly since: string;
}

export interface Shell {
  /** Starts a server when none runs; only the first call waits for that. */
  readonly call: Call;
  readonly screen: Screen;
  /** Null: nobody can be asked. */
  readonly asker: Asker | null;
  readonly isJson: boolean;
  readonly place: Place;
  readonly local: Local;
  /** Of the system; a sentence brings its own. */
  readonly locale: Locale;
}

/** A mistake in the command itself. Told without a stack, in the reader's language, with the exit code for usage or the one given. */
export class Complaint extends Error {
  readonly told: (words: UsageWords) => Usage;
  readonly exitCode: number;
  constructor(told: (words: UsageWords) => Usage, exitCode = 2) {
    super(told(USAGE.en).join(" "));
    this.told = told;
    this.exitCode = exitCode;
  }
}

/** The same shell in the language of a request: what the server says, and what is said here. */
export function toSpeaking(shell: Shell, locale: Locale): Shell {
  return {
    ...shell,
    locale,
    call: (route, content) =>
      shell.call(route, { ...content, headers: { "accept-language": locale, ...content?.headers } }),
  };
}

function toNames(answer: Json): View["names"] {
  return Object.fromEntries(
    Object.entries(toJson(answer["names"])).map(([key, name]) => [key, toText(name)]),
  );
}

/** Times are shown in the zone that an answer names (the tenant's), else in that of this computer. */
export function toView(shell: Pick<Shell, "isJson" | "screen" | "locale">, answer: Json = {}): View {
  const { locale } = shell;
  return {
    locale,
    words: WORDS[locale],
    names: toNames(answer),
    paint: shell.isJson ? plain : shell.screen.paint,
    zone: toText(answer["time_zone"]) || Intl.DateTimeFormat().resolvedOptions().timeZone,
    width: shell.screen.width,
  };
}
