// "Leave some out": which lines, what is then left, and a yes to exactly that. A wrong word never approves anything.
import { toPlaceOfKey } from "../../../kernel/domain/effect.ts";
import type { Asker } from "../ask.ts";
import { type Json, toJsonList, toText } from "../json.ts";
import { Complaint, type Shell } from "../shell.ts";
import { toAllRows, toEntityCount, toRowCells, toWrites } from "../show/trial.ts";
import type { View } from "../show/view.ts";

export type Decision = { readonly yes: true; readonly exclude: readonly string[] } | { readonly yes: false };

export interface Around {
  readonly shell: Pick<Shell, "screen">;
  readonly asker: Asker;
  readonly view: View;
}

interface Entry {
  /** As the API names it: `step:n#entity`. */
  readonly key: string;
  readonly entity: Json;
  /** What a person may call it, besides the number of its line. */
  readonly names: readonly string[];
}

type Chosen =
  | { readonly entries: ReadonlySet<Entry> }
  | { readonly unclear: string; readonly isMany: boolean };

export interface Excluded {
  /** As the API names them. */
  readonly keys: readonly string[];
  /** As a person knows them. */
  readonly titles: readonly string[];
}

/** What was named on the command line instead of at the question. A part that is no line, or more than one, or all: a complaint. */
export function chooseExcluded(typed: readonly string[], answer: Json, view: View): Excluded {
  const entries = toEntries(answer, { view });
  const chosen = new Set(typed.flatMap((text) => [...chooseNamed(text, entries)]));
  if (chosen.size >= Math.max(entries.length, toEntityCount(toWrites(answer))))
    throw new Complaint(({ nothingRemains }) => nothingRemains());
  const out = [...chosen];
  return { keys: out.map(({ key }) => key), titles: out.map(toTitle) };
}

function chooseNamed(typed: string, entries: readonly Entry[]): ReadonlySet<Entry> {
  const chosen = chooseEntries(typed, entries, findNamed);
  if ("unclear" in chosen) throw new Complaint(({ notInPlan }) => notInPlan(chosen.unclear, chosen.isMany));
  return chosen.entries;
}

function toTitle({ entity }: Entry): string {
  const [id, label] = [toText(entity["id"]), toText(entity["label"])];
  return label === "" || label === id ? id : `${id} ${label}`;
}

/** Null: nothing is left out, and the question before is asked again. */
export async function askExcluded(answer: Json, role: string, around: Around): Promise<Decision | null> {
  const { shell, asker, view } = around;
  const { words } = view;
  const entries = toEntries(answer, around);
  const total = Math.max(entries.length, toEntityCount(toWrites(answer)));
  showEntries(entries, answer, around);
  for (;;) {
    const typed = await asker.ask(words.whichToLeaveOut);
    if (typed === "") return null;
    const chosen = chooseEntries(typed, entries, findShown);
    if ("entries" in chosen && chosen.entries.size < total)
      return askRest(chosen.entries, { entries, answer, role, total }, around);
    if (words.no.includes(typed.toLowerCase())) return { yes: false };
    shell.screen.show([`  ${"entries" in chosen ? words.nothingLeft : toUnclear(chosen, around)}`]);
  }
}

function toUnclear(
  { unclear, isMany }: { readonly unclear: string; readonly isMany: boolean },
  { view }: Around,
): string {
  return isMany ? view.words.notOne(unclear) : view.words.notThere(unclear);
}

function toEntries(answer: Json, { view }: Pick<Around, "view">): readonly Entry[] {
  const found = toWrites(answer).flatMap((write) => {
    const key = toText(write["key"]);
    const place = key.startsWith("run_") ? toPlaceOfKey(key) : key;
    return toJsonList(write["entities"]).map((entity) => ({
      key: `${place}#${toText(entity["id"])}`,
      entity,
    }));
  });
  const cells = toRowCells(
    found.map(({ entity }) => entity),
    answer,
    view,
  );
  return found.map(({ key, entity }, at) => ({
    key,
    entity,
    names: [toText(entity["id"]), toText(entity["label"]), ...(cells[at] ?? [])].map(toPlainName),
  }));
}

/** `17 500 ₽` with whatever spaces, in small letters. */
function toPlainName(text: string): string {
  return text.trim().replaceAll(/\s+/g, " ").toLowerCase();
}

/** All of what was typed may be one name with spaces in it; else its parts are names or numbers. */
function chooseEntries(typed: string, entries: readonly Entry[], find: Find): Chosen {
  const whole = find(typed, entries);
  if (whole.length === 1) return { entries: new Set(whole) };
  const byComma = chooseParts(typed.split(/[,;]+/), entries, find);
  return "entries" in byComma ? byComma : chooseParts(typed.split(/[\s,;]+/), entries, find);
}

type Find = (part: string, entries: readonly Entry[]) => readonly Entry[];

function chooseParts(typed: readonly string[], entries: readonly Entry[], find: Find): Chosen {
  const parts = typed.map((part) => part.trim()).filter((part) => part !== "");
  const found = parts.map((part) => ({ part, entries: find(part, entries) }));
  const unclear = found.find((one) => one.entries.length !== 1);
  if (unclear !== undefined) return { unclear: unclear.part, isMany: unclear.entries.length > 1 };
  if (parts.length === 0) return { unclear: typed.join(","), isMany: false };
  return { entries: new Set(found.flatMap((one) => one.entries)) };
}

function findNumbered(part: string, entries: readonly Entry[]): Entry | undefined {
  return /^\d+$/.test(part) ? entries[Number(part) - 1] : undefined;
}

/** Where lines are shown with their numbers, a number goes before everything else that is written in them; what is left is shown and asked for. */
function findShown(part: string, entries: readonly Entry[]): readonly Entry[] {
  const numbered = findNumbered(part, entries);
  return numbered === undefined ? findByName(part, entries) : [numbered];
}

/** On the command line nobody asks again: what may be an id and the number of another line is neither. */
function findNamed(part: string, entries: readonly Entry[]): readonly Entry[] {
  const [numbered, named] = [findNumbered(part, entries), findByName(part, entries)];
  return numbered === undefined ? named : [...new Set([numbered, ...named])];
}

function findByName(part: string, entries: readonly Entry[]): readonly Entry[] {
  const name = toPlainName(part);
  const byId = entries.filter(({ names: [id] }) => id === name);
  return byId.length === 1 ? byId : entries.filter(({ names }) => names.includes(name));
}

interface Rest {
  readonly entries: readonly Entry[];
  readonly answer: Json;
  readonly role: string;
  readonly total: number;
}

async function askRest(out: ReadonlySet<Entry>, rest: Rest, around: Around): Promise<Decision> {
  const { shell, asker, view } = around;
  const { words } = view;
  const left = rest.total - out.size;
  shell.screen.show([words.whatIsLeft(left)]);
  showEntries(
    rest.entries.filter((entry) => !out.has(entry)),
    rest.answer,
    around,
  );
  for (;;) {
    const said = (await asker.ask(words.approveRest(rest.role, left))).toLowerCase();
    if (words.yes.includes(said)) return { yes: true, exclude: [...out].map(({ key }) => key) };
    if (words.no.includes(said)) return { yes: false };
    shell.screen.show([`  ${words.yesOrNo}`]);
  }
}

/** All of them: what is not seen cannot be chosen. */
function showEntries(entries: readonly Entry[], answer: Json, { shell, view }: Around): void {
  const rows = toAllRows(
    entries.map(({ entity }) => entity),
    answer,
    { ...view, width: view.width === null ? null : Math.max(20, view.width - 6) },
  );
  shell.screen.show(rows.map((row, at) => `  ${String(at + 1).padStart(2)}  ${row}`));
}
