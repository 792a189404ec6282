// How companies are written and how fields for them are named.
import { toNormal } from "./sentence.ts";

const LEGAL_FORMS = new Set(
  "ооо оао зао пао ао ип нко гбу мбу муп гуп фгуп фгбу тоо llc ltd inc gmbh corp plc llp".split(" "),
);
const PARTY_WORDS = new Set(
  "клиент заказчик покупатель поставщик контрагент компания фирма организация customer client buyer supplier company firm organization organisation".split(
    " ",
  ),
);

/** Expects a normalised word. */
export function isLegalForm(word: string): boolean {
  return LEGAL_FORMS.has(word);
}

/** A word of a field that is about a company: one of them lets a legal form fill it. */
export function isPartyWord(word: string): boolean {
  const plain = toNormal(word).trim();
  return PARTY_WORDS.has(plain) || LEGAL_FORMS.has(plain);
}
