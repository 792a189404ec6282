// One form for the many ways to write a request: width, case, ё, accents, invisible and look-alike letters. It never changes a word's meaning.
/** Nothing past this is read, so that the time of a request has a bound. */
export const QUERY_CHARACTERS = 2_000;

const INVISIBLE = /[\p{Cf}\p{Mn}\u00AD\u115F\u1160\u3164\uFFA0]+/gu;
const APOSTROPHES = /['’ʼ`´]/g;
/** `40кг` is a number and a word. */
const WORD = /\p{N}+|\p{L}+/gu;
/** What every number is to the router. */
export const NUMBER = "0";
const LATIN = /[a-z]/;
const CYRILLIC = /[а-я]/;

const LATIN_LOOKALIKES = "aceopxykmthb";
const CYRILLIC_LOOKALIKES = "асеорхукмтнв";
const TO_CYRILLIC = toMap(LATIN_LOOKALIKES, CYRILLIC_LOOKALIKES);
const TO_LATIN = toMap(`${CYRILLIC_LOOKALIKES}іјѕԁԛԝ`, `${LATIN_LOOKALIKES}ijsdqw`);

function toMap(from: string, to: string): ReadonlyMap<string, string> {
  const target = [...to];
  return new Map([...from].map((letter, at) => [letter, target[at] ?? letter]));
}

/** Text in one form, words not yet cut: punctuation stays, because a keyboard slip may have made letters of it. */
export function normalise(text: string): string {
  const head = text.slice(0, QUERY_CHARACTERS).normalize("NFKC").slice(0, QUERY_CHARACTERS);
  return head.toLowerCase().replace(INVISIBLE, "").replaceAll("ё", "е");
}

const FILE_ENDING =
  /[\p{L}\p{N}_]\.(?:csv|docx?|xlsx?|pdf|txt|rtf|zip|json|xml|html?|pptx?|png|jpe?g|odt)[^\p{L}\p{N}]{0,3}$/u;

/** Addresses and file names are values; that there is one says more than its letters do. */
function toValueWord(chunk: string): string {
  if (chunk.includes("://") || chunk.startsWith("www.")) return "weblink";
  const at = chunk.indexOf("@");
  if (at > 0 && chunk.indexOf(".", at + 2) > 0) return "mailaddress";
  return FILE_ENDING.test(chunk) ? "filename" : chunk;
}

/** The words of normalised text; a number of any length is the word `0`, because it says nothing about the topic. */
export function toWords(normalised: string): string[] {
  const plain = normalised.split(/\s+/).map(toValueWord).join(" ");
  const words = plain.replace(APOSTROPHES, "").match(WORD) ?? [];
  return words.map((word) => (/^\p{N}/u.test(word) ? NUMBER : toOneScript(word)));
}

/** `сaлe` typed with Latin look-alikes is one word of one script: that of its unmistakable letters. */
function toOneScript(word: string): string {
  if (!/[^a-z]/.test(word) || !/[^а-я]/.test(word)) return word;
  if (!LATIN.test(word) && !/[іјѕԁԛԝ]/.test(word)) return word;
  const onlyLatin = [...word].filter((letter) => LATIN.test(letter) && !TO_CYRILLIC.has(letter)).length;
  const onlyCyrillic = [...word].filter((letter) => CYRILLIC.test(letter) && !TO_LATIN.has(letter)).length;
  const isLatin = onlyLatin > onlyCyrillic || (onlyLatin === onlyCyrillic && !CYRILLIC.test(word));
  const table = isLatin ? TO_LATIN : TO_CYRILLIC;
  return [...word].map((letter) => table.get(letter) ?? letter).join("");
}
