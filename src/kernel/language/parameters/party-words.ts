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

const DOCUMENTS = new Set(
  "кп предложение предложения quote quotation offer proposal счет invoice".split(" "),
);
const VENUES = new Set(
  "ресторан ресторану ресторана кафе бар бару бара отель отелю отеля гостиница гостинице гостиницы магазин магазину магазина бистро рынок рынку hotel restaurant cafe bistro bar".split(
    " ",
  ),
);

/** "КП Бистро Волна", "quote Bistro Volna": a name right behind the document is whom it is for. */
export function isDocument(word: string): boolean {
  return DOCUMENTS.has(word);
}

export function isVenue(word: string): boolean {
  return VENUES.has(word);
}

/** Expects a normalised word. */
export function isLegalForm(word: string): boolean {
  return LEGAL_FORMS.has(word);
}

/** A word of a field that is about a company: one of them lets a legal form fill it. */
export function isPartyWord(word: string): boolean {
  const plain = toNormal(word).trim();
  return PARTY_WORDS.has(plain) || LEGAL_FORMS.has(plain);
}
