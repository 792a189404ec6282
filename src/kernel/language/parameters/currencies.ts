// Currencies as people name them -> ISO 4217.
import type { Sentence } from "./sentence.ts";
import type { Phrase } from "./phrase.ts";
import { matchPhrase, toPhrase, toStem } from "./phrase.ts";
import { isFunctionWord } from "./routing-words.ts";
import { textAt } from "./sentence.ts";

// Codes that are English or Russian words when written small ("try", "all", "top") count only in capitals.
const WORDS: Readonly<Record<string, string>> = {
  RUB: "₽|рубль|руб|рэ|р|rub|rur|ruble|rouble|российский рубль|russian ruble",
  USD: "$|доллар|долар|бакс|usd|dollar|dolar|buck|доллар сша|американский доллар|us dollar",
  EUR: "€|евро|еврик|eur|euro",
  CNY: "юань|юаней|юани|китайский юань|cny|rmb|yuan|renminbi|chinese yuan",
  JPY: "¥|иена|иен|йена|йен|японская иена|jpy|yen|japanese yen",
  GBP: "£|фунт стерлингов|фунт|британский фунт|gbp|pound|quid|sterling|pound sterling|british pound",
  KZT: "₸|тенге|казахстанский тенге|kzt|tenge",
  BYN: "белорусский рубль|byn|belarusian ruble|belarusian rouble",
  TRY: "₺|лира|лир|турецкая лира|turkish lira|lira",
  AED: "дирхам|дирхама|дирхаму|дирхамы|дирхамов|дирхамах|дирхам оаэ|aed|dirham",
  CHF: "франк|швейцарский франк|chf|franc|swiss franc",
  AMD: "֏|драм|армянский драм|dram",
  GEL: "₾|лари|грузинский лари|lari",
  UZS: "сум|сумов|узбекский сум|uzbek sum|uzbek som",
  KGS: "сом|сомов|киргизский сом|кыргызский сом|kyrgyz som",
  TJS: "сомони|somoni",
  AZN: "₼|манат|азербайджанский манат|manat",
  UAH: "₴|гривна|гривен|hryvnia",
  MDL: "молдавский лей",
  INR: "₹|рупия|индийская рупия|inr|rupee|indian rupee",
  THB: "฿|бат|таиландский бат|тайский бат|thb|baht",
  VND: "₫|донг|вьетнамский донг|dong",
  KRW: "₩|вона|южнокорейская вона|won|korean won",
  HKD: "гонконгский доллар|hong kong dollar",
  SGD: "сингапурский доллар|singapore dollar",
  AUD: "австралийский доллар|australian dollar",
  CAD: "канадский доллар|canadian dollar",
  NZD: "новозеландский доллар|new zealand dollar",
  PLN: "злотый|польский злотый|zloty|pln",
  CZK: "чешская крона|czech crown|czech koruna",
  SEK: "шведская крона|swedish krona",
  NOK: "норвежская крона|norwegian krone",
  DKK: "датская крона|danish krone",
  HUF: "форинт|forint",
  RSD: "сербский динар|serbian dinar",
  BRL: "бразильский реал|brazilian real",
  ZAR: "рэнд|rand",
  ILS: "₪|шекель|shekel",
  EGP: "египетский фунт|egyptian pound",
  IDR: "индонезийская рупия|indonesian rupiah",
  MXN: "мексиканское песо|mexican peso",
  SAR: "саудовский риял|saudi riyal",
  QAR: "катарский риал|qatari riyal",
};

/** Read as money, and offered by no field that lists currencies. Those whose names are everyday words are left out. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  MNT: "тугрик|монгольский тугрик|tugrik|tögrög|togrog|mnt",
  ARS: "аргентинское песо|argentine peso|argentinian peso|ars",
  CLP: "чилийское песо|chilean peso",
  PHP: "филиппинское песо|philippine peso",
  IRR: "иранский риал|iranian rial|irr",
  OMR: "оманский риал|omani rial",
  KWD: "кувейтский динар|kuwaiti dinar|kwd",
  IQD: "иракский динар|iraqi dinar",
  TND: "тунисский динар|tunisian dinar",
  BGN: "болгарский лев|bulgarian lev|bgn",
  RON: "румынский лей|romanian leu|ron",
  MKD: "денар|macedonian denar",
  ISK: "исландская крона|icelandic krona",
  MYR: "ринггит|малайзийский ринггит|ringgit|myr",
  TWD: "тайваньский доллар|taiwan dollar|twd",
  PKR: "пакистанская рупия|pakistani rupee",
  LKR: "ланкийская рупия|sri lankan rupee",
  NPR: "непальская рупия|nepalese rupee",
  BDT: "бангладешская така|bangladeshi taka",
  MMK: "кьят|kyat",
  LAK: "лаосский кип|lao kip",
  KHR: "риель|камбоджийский риель|cambodian riel",
  NGN: "найра|naira",
  KES: "кенийский шиллинг|kenyan shilling",
  TZS: "танзанийский шиллинг|tanzanian shilling",
  GHS: "ганский седи|ghanaian cedi",
  ETB: "эфиопский быр|ethiopian birr",
  MAD: "марокканский дирхам|moroccan dirham",
  TMT: "туркменский манат|turkmen manat",
  AFN: "афгани|afghan afghani",
  COP: "колумбийское песо|colombian peso",
  CUP: "кубинское песо|cuban peso",
  BTC: "биткоин|биткойн|биток|bitcoin|btc",
  ETH: "эфириум|ethereum",
  USDT: "usdt|тезер|tether",
};

/** Nicknames that are adjectives: money only where nothing follows that they could describe. */
const NICKNAMES: readonly (readonly [word: string, code: string])[] = [
  ["зеленых", "USD"],
  ["зелени", "USD"],
  ["зелеными", "USD"],
  ["деревянных", "RUB"],
  ["деревянными", "RUB"],
];

function parseNickname(sentence: Sentence, at: number): CurrencyMention | undefined {
  const [, code] = NICKNAMES.find(([word]) => word === textAt(sentence, at)) ?? [];
  const next = sentence.tokens[at + 1];
  const isAlone = next === undefined || next.kind !== "word" || isFunctionWord(next.text);
  return code !== undefined && isAlone ? { code, end: at + 1 } : undefined;
}

/** With its nicknames: "деревянных" is money where money is told of, and what furniture is made of elsewhere. */
export function toSpokenWords(code: string): readonly string[] {
  return [...toCurrencyWords(code), ...NICKNAMES.filter(([, of]) => of === code).map(([word]) => word)];
}

/** Words of one currency, for choices that list currencies by code alone. */
export function toCurrencyWords(code: string): readonly string[] {
  const words = WORDS[code];
  return words === undefined ? [] : words.split("|");
}

export const CURRENCY_CODES: readonly string[] = Object.keys(WORDS);

const byFirst = new Map<string, { code: string; phrase: Phrase }[]>();
for (const [code, words] of Object.entries({ ...OTHER_WORDS, ...WORDS })) {
  for (const word of words.split("|")) {
    const phrase = toPhrase(word);
    const first = phrase[0] ?? "";
    byFirst.set(
      first,
      [...(byFirst.get(first) ?? []), { code, phrase }].sort((a, b) => b.phrase.length - a.phrase.length),
    );
  }
}

export interface CurrencyMention {
  readonly code: string;
  readonly end: number;
}

export function parseCurrency(sentence: Sentence, at: number): CurrencyMention | undefined {
  const token = sentence.tokens[at];
  if (token === undefined || token.kind === "number") return undefined;
  const written = sentence.source.slice(token.start, token.end);
  if (WORDS[written] !== undefined) return { code: written, end: at + 1 };
  for (const { code, phrase } of byFirst.get(toStem(token.text)) ?? []) {
    const end = matchPhrase(sentence, at, phrase);
    if (end !== undefined) return { code, end };
  }
  return textAt(sentence, at) === "us" && textAt(sentence, at + 1) === "$"
    ? { code: "USD", end: at + 2 }
    : parseNickname(sentence, at);
}
