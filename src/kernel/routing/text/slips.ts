// Russian typed on a Latin keyboard (`gjujlf`) or in Latin letters (`pogoda`), and English on a Russian one. A word is only replaced
// when nobody knows it as it stands and the catalogue knows what it becomes, so a slip can never hide a word.
import { toWords } from "./normalise.ts";

const LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.{}:\"<>";
const CYRILLIC_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюхъжэбю";
const OTHER_KEY = new Map(LATIN_KEYS.split("").map((key, at) => [key, CYRILLIC_KEYS[at] ?? key]));
for (const [latin, cyrillic] of [...OTHER_KEY]) if (!OTHER_KEY.has(cyrillic)) OTHER_KEY.set(cyrillic, latin);

const SOUNDS: readonly (readonly [latin: string, cyrillic: string])[] = [
  ["shch", "щ"],
  ["sch", "щ"],
  ["zh", "ж"],
  ["kh", "х"],
  ["ts", "ц"],
  ["ch", "ч"],
  ["sh", "ш"],
  ["yu", "ю"],
  ["ju", "ю"],
  ["ya", "я"],
  ["ja", "я"],
  ["yo", "е"],
  ["ye", "е"],
  ["x", "кс"],
  ..."abcdefghijklmnopqrstuvwz'"
    .split("")
    .map((letter, at): [string, string] => [letter, "абцдефгхийклмнопкрстуввзь"[at] ?? letter]),
];
/** Shorter ones are slips only in a request that has a longer one: `d cjxb`. */
const TELLING_LETTERS = 3;

export function toOtherLayout(text: string): string {
  return [...text].map((key) => OTHER_KEY.get(key) ?? key).join("");
}

/** Latin letters as the Cyrillic they sound like. */
export function toCyrillic(word: string): string {
  let spelt = "";
  for (let at = 0; at < word.length; ) {
    const sound = SOUNDS.find(([latin]) => word.startsWith(latin, at));
    if (sound) spelt += sound[1];
    else spelt += word[at] === "y" ? (/[аеиоуыэюя]$/.test(spelt) ? "й" : "ы") : (word[at] ?? "");
    at += sound?.[0].length ?? 1;
  }
  return spelt;
}

/** The words of a normalised request with its slips mended. */
export function mendSlips(normalised: string, isKnown: (word: string) => boolean): string[] {
  const words = toWords(normalised);
  if (words.every(isKnown)) return words;
  const chunks = normalised.split(/\s+/).filter((chunk) => chunk !== "");
  const isStrange = (chunk: string) => !toWords(chunk).some(isKnown);
  const isSlip = (chunk: string) => isStrange(chunk) && isWhollyKnown(toWords(toOtherLayout(chunk)), isKnown);
  const hasSlip = chunks.some((chunk) => chunk.length >= TELLING_LETTERS && isSlip(chunk));
  return chunks.flatMap((chunk) => {
    if (hasSlip && isSlip(chunk)) return toWords(toOtherLayout(chunk));
    return toWords(chunk).map((word) => toHeard(word, isKnown));
  });
}

function isWhollyKnown(words: readonly string[], isKnown: (word: string) => boolean): boolean {
  return words.length > 0 && words.every(isKnown);
}

function toHeard(word: string, isKnown: (word: string) => boolean): string {
  if (word.length < TELLING_LETTERS || isKnown(word) || !/^[a-z]+$/.test(word)) return word;
  const heard = toCyrillic(word);
  return isKnown(heard) ? heard : word;
}
