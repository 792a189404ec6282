// How companies are written and how fields for them are named.
import { toStem } from "./phrase.ts";
import { toNormal } from "./sentence.ts";

const LEGAL_FORMS = new Set(
  "ооо оао зао пао ао ип нко гбу мбу муп гуп фгуп фгбу тоо llc ltd inc gmbh ip corp plc llp".split(" "),
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
  "ресторан ресторану ресторана ресторане кафе кофейня кофейне кофейни бар бару бара гастробар отель отелю отеля гостиница гостинице гостиницы магазин магазину магазина бистро рынок рынку трактир трактиру трактира таверна таверне паб пабу клуб клубу клуба сеть сети столовая столовой фирма фирме фирмы hotel restaurant cafe café bistro bar grill club pub tavern diner market shop".split(
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

const STOP_VERBS = new Set(
  "хочет хотят просит просят ждет ждут заказал заказала заказали заказывает заказывают берет берут возьмет купит спрашивает интересуется потянет тянет пройдет проходит подходит годится может wants want needs need ordered orders asked asks is are has have will would can takes waits waiting qualifies".split(
    " ",
  ),
);

/** What somebody does ends their name. */
export function isStopVerb(word: string): boolean {
  return STOP_VERBS.has(word);
}

const ANYBODY = new Set(
  `клиента клиенту клиентом заказчика заказчику покупателя покупателю новый новая нового новой новому другого оптовик оптовика оптовику постоянный постоянного постоянному потенциальный потенциального
  потенциальному крупный крупного крупному важный важного важному старый старого старому знакомого знакомому нашего нашему один одного одному гость гостя гостю друг друга другу партнер партнера партнеру
  них нее него нас вас себя меня тебя всех кого шефа начальника директора бухгалтерии
  встречи встречу переговоров тендера тендер закупки мероприятия банкета презентации выставки дегустации отчета сайта согласования завтра сегодня
  new regular potential another same existing important biggest best main wholesale banquet old big friend guest partner buyer them him her me us you boss chef
  meeting event tender presentation tasting exhibition review approval party tomorrow today tonight`.split(
    /\s+/,
  ),
);

/** Words that say what kind of a party it is, and not which. */
export function isAnyParty(word: string): boolean {
  return ANYBODY.has(word) || isPartyWord(word) || isVenue(word);
}

const PARTY_STEMS: ReadonlySet<string> = new Set([...PARTY_WORDS].map(toStem));

/** "компании", "заказчику" before a name. */
export function isPartyForm(word: string): boolean {
  return PARTY_STEMS.has(toStem(word));
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
