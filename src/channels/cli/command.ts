// A command as data: its words in --help, its arguments and options, and what it does.
import type { BothLanguages, Text } from "../../kernel/domain/text.ts";
import { toList, toText } from "./json.ts";
import { Complaint, type Shell } from "./shell.ts";

export interface Given {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

export interface Command {
  /** `runs resolve` is the command `resolve` of the group `runs`. */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: BothLanguages;
  /** Commander's notation: `<skill>`, `[file]`. */
  readonly words?: string;
  readonly options?: readonly Option[];
  /** In both languages where a person's sentence is in it. */
  readonly examples?: readonly Text[];
  /** The exit code. */
  run(given: Given, shell: Shell): Promise<number>;
}

/** Commander's notation of the flags; `many` may be given several times. */
export interface Option {
  readonly flags: string;
  readonly summary: BothLanguages;
  readonly many?: boolean;
}

export function toOption(given: Given, name: string): string {
  return toText(given.options[name]);
}

export function hasOption(given: Given, name: string): boolean {
  return given.options[name] === true;
}

export function toOptions(given: Given, name: string): readonly string[] {
  return toList(given.options[name]).map(toText);
}

/** A whole number between two others; empty where it was not given. */
export function toCount(
  given: Given,
  flag: { readonly name: string; readonly option: string; readonly least: number; readonly most: number },
): string {
  const text = toOption(given, flag.option);
  const isCount = /^\d{1,9}$/.test(text) && Number(text) >= flag.least && Number(text) <= flag.most;
  if (text === "" || isCount) return text;
  const range = `${flag.least}–${flag.most}`;
  throw new Complaint(({ badCount }) => badCount(flag.name, text, range));
}

export function toWord(given: Given, index: number): string {
  return given.words[index] ?? "";
}

/** A sentence may stand in quotes or not: its words are one. */
export function toSentence(given: Given): string {
  return given.words.join(" ").trim();
}
