// A secret that nobody else has, every form in which it could be told, and the search for any of them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { toBytes, toForms } from "../../src/kernel/door/secret-forms.ts";
import type { Chance } from "../lib/chance.ts";

export interface Canary {
  readonly name: string;
  readonly value: string;
}

const LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

/** With signs that each code writes in its own way. */
export function toCanary(name: string, chance: Chance): Canary {
  const random = Array.from({ length: 24 }, () => LETTERS[chance.between(0, LETTERS.length - 1)]).join("");
  return { name, value: `cnry/${random.slice(0, 12)}+"é ${random.slice(12)}=` };
}

const toUnits = (text: string): string =>
  [...Array(text.length).keys()]
    .map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`)
    .join("");

/** As the door looks for them: plain, base64 wherever it begins, hex; percent-encoded; escaped once and letter by letter. */
export function toAllForms({ value }: Canary): readonly string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const percent = [...toBytes(value)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  const whole = Buffer.from(value).toString("base64");
  return [
    ...toForms([value]).plain,
    ...[value, json, JSON.stringify(json).slice(1, -1), toUnits(value)],
    ...[encodeURIComponent(value), percent, percent.toUpperCase(), whole],
    new URLSearchParams({ v: value }).toString().slice(2),
  ];
}

/** What no form can do without, however it is cut: so many signs of any of them in a row. */
export interface Search {
  find(where: string, bytes: Uint8Array | string): void;
  readonly found: ReadonlySet<string>;
  readonly searched: number;
}

export function startSearch(canaries: readonly Canary[]): Search {
  const wanted = canaries.flatMap((canary) =>
    [...new Set(toAllForms(canary))].map((form) => ({ name: canary.name, bytes: Buffer.from(form) })),
  );
  const found = new Set<string>();
  let searched = 0;
  return {
    found,
    get searched() {
      return searched;
    },
    find(where, bytes) {
      const all = Buffer.from(bytes);
      searched += all.byteLength;
      for (const { name, bytes: form } of wanted)
        if (all.includes(form)) found.add(`${name} stands in ${where}`);
    },
  };
}

/** Every file, as it lies on the disk: databases with their write-ahead logs, objects of the bucket, logs. Answers how many. */
export function searchFolder(search: Search, folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  let count = 0;
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    const bytes = readIfThere(path);
    if (bytes === null) continue;
    count += 1;
    search.find(path.slice(folder.length), bytes);
  }
  return count;
}

/** Null: a database that is in use took its write-ahead log in, and away, while others were read. */
function readIfThere(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
