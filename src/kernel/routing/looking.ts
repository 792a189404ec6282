// Does a request only ask to be shown something? It begins so, and no word of it asks for a change.
import { EFFECT_VERBS } from "./data/effect-verbs.ts";
import { normalise, toWords } from "./text/normalise.ts";

const LOOKING = new Set(
  "show list display view see what which when покажи покажите показать глянь глянуть посмотри посмотреть список перечень выведи вывести какой какая какое какие каков когда".split(
    " ",
  ),
);
/** `list` and `список` are things too: only at the head of a request do they ask. */
const POLITE = new Set(
  "please can could would you hi hello ok let me i want to пожалуйста можешь можете мне привет хочу дай дайте давай надо нужен".split(
    " ",
  ),
);
/** What was done is asked about, with its own verb. */
const ASKING_WHY = new Set("why who почему зачем отчего кто".split(" "));
const CHANGING = new Set(EFFECT_VERBS.trim().split(/\s+/));
/** A wish to several people, or a polite one. */
const PLURAL = /те$/;

export function asksOnlyToLook(text: string): boolean {
  const words = toWords(normalise(text));
  const head = toHead(words);
  if (head === undefined) return false;
  if (ASKING_WHY.has(head)) return true;
  if (!LOOKING.has(head)) return false;
  return !words.some(asksForChange);
}

/** The first word that says something. */
export function toHead(words: readonly string[]): string | undefined {
  return words.find((word) => !POLITE.has(word));
}

/** Whether it is a word that requests to be shown something begin with. */
export function asksToLook(word: string): boolean {
  return LOOKING.has(word);
}

/** The wish itself: `удали`, `удалите`, `delete`. */
export function asksForChange(word: string): boolean {
  return CHANGING.has(word) || CHANGING.has(word.replace(PLURAL, ""));
}
