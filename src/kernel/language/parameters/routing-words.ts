// Words that say what to do, and words that only join others. Free text is what remains of a request without them.
import { toStem } from "./phrase.ts";
import { isOneSlip } from "./spelling.ts";

const SHORTEST_SLIP = 5;

function toStems(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).map(toStem));
}

const FUNCTION_WORDS = toStems(
  `себя себе собой ваш ваши ваших вашу вашего и а но или либо в во на за по с со к ко о об обо от до из у для про при через над под без между около не ни же ли бы что чтобы как если то это эта этот эти
  мне нам меня нас вас вам тебя тебе мой моя мои моего наш наша наши его ее их там тут здесь есть быть будет был была были сейчас уже еще только также тоже где когда сколько какой какая какие какую каких который которые
  нибудь чем раз руб пожалуйста плиз рядом включая более менее туда обратно все всего вместе одно ка то всей всю всем
  a an the and or but in on at of for to from by with within without about over under per as is are was were be been do does did i me my we us our you your it its this that these those
  there here please any some what which how when where who than then so into onto up out near ones have has had got around each including related concerning regarding total they he she among if can could would will shall should need want тему теме topic`,
);

/** Prepositions, articles, pronouns: never the edge of a free text, and no noun that a number counts. */
export function isFunctionWord(word: string): boolean {
  return FUNCTION_WORDS.has(toStem(word));
}

// The head of a request goes up to its last strong word: "покажи мне все новые тендеры на" before "офисную мебель".
const VERBS = `взял взяла взяли отдал отдала отдали заказал заказала заказали оплатил оплатила оплатили купил купила купили запиши запишите внеси внесите внести добавь добавить занести учесть отметить добавьте занеси учти зафиксируй отметь найди найдите найти найдем ищи ищите искать ищу ищем поищи поищите поискать подбери подберите подобрать покажи покажите показать дай дайте выведи вывести посмотри посмотрите глянь гляньте узнай узнайте
  узнать проверь проверить нужны нужен нужна нужно интересуют интересует хочу хотим расскажи скажи собери сделай составь подготовь напиши загугли погугли гугл гуглить погуглить загуглить нагуглить прогуглить прогугли нагугли яндексни пробей забей вбей нарой разузнай выясни чекни кинь скинь пришли собери берет берут ищут закупает закупают покупает покупают закупаются пишут пишет говорят говорит разыгрывают проводят проводятся объявляют
  объявили объявлены объявленные опубликовали опубликованы опубликованные разместили размещены размещенные вышли известно слышно почитать разведай покопайся посерфи отследи выгрузи объявил
  add put down find search look show get give list fetch check looking searching lookup need want tell google bing check dig pull list browse fetch monitor collect known say says saying writing buying buys published announced posted`;
const ROUTING_VERBS = toStems(VERBS);
const VERB_FORMS: ReadonlySet<string> = new Set(VERBS.split(/\s+/));

const ROUTING_NOUNS = toStems(
  `тендер тендеры тендеров тендры тендр госзакупок заявки извещения извещение контракт контракты контрактов информация информацию инфа инфу госконтракт госконтракты госзаказ заказы лот лоты госторги подряд подряды процедуры запрос запросы запросу котировки котировок площадки конкурс конкурсы конкурсов закупка закупки закупок госзакупки госзакупок госзакупках аукцион аукционы торги торгов
  торгах еис zakupki поиск гугл яндекс yandex интернет интернете инет инете сеть сети онлайн вики википедия википедии поисковик
  information info search purchases tender tenders procurement procurements contract contracts bid bids rfp rfps auction auctions notice notices order orders lot lots bidding competition competitions solicitations invitations opportunities rfq web internet online wikipedia wiki`,
);

/** What is looked for among, at the head of a request only: "разработка сайтов" is a subject. */
const HEAD_NOUNS = toStems(
  `статьи статей ссылки ссылок сайты сайт сайтов материалы материалов источники публикации тему теме темы слову словом предмет форумы
  articles links websites website sites pages topic subject results sources word request requests`,
);

const WEAK_WORDS = toStems(
  `новые новый новых свежие свежий свежих последние последних актуальные активные открытые действующие мне нам все всех какие какой есть ли там что пожалуйста привет здравствуйте добрый день слушай
  подскажи подскажите скажите нибудь что-нибудь кое-что кое нет чего кто идут электронные электронный сейчас бывают недавно последнее интересно бюджетник бюджетники госструктуры госорганы ведомства государство добры будьте хотелось
  срочно можешь можно помоги быстро
  sector agency new latest recent open active current fresh all any some something anything public government state buyers authorities agencies lately recently after municipal people me us please hi hello hey can could you would like to let's lets some out up quickly`,
);

export function isRoutingVerb(word: string): boolean {
  const stem = toStem(word);
  // "кинь" and "кино", "пробей" and "проба" have one stem.
  return (
    ROUTING_VERBS.has(stem) && (/^[a-z]/.test(word) || stem.length >= SHORTEST_SLIP || VERB_FORMS.has(word))
  );
}

/** "погули" at the head of a request. */
export function isRoutingVerbOrSlip(word: string): boolean {
  if (isRoutingVerb(word)) return true;
  const isNear = (verb: string): boolean => verb.length > SHORTEST_SLIP && isOneSlip(word, verb);
  return word.length > SHORTEST_SLIP && [...VERB_FORMS].some(isNear);
}

export function isStrongRoutingWord(word: string): boolean {
  return isRoutingVerb(word) || isRoutingNoun(word);
}

/** Ends the head of a request. */
export function isHeadWord(word: string): boolean {
  return isStrongRoutingWord(word) || HEAD_NOUNS.has(toStem(word));
}

/** Where a request is routed to by a thing, not an action: before a preposition it ends the head wherever it stands. */
export function isRoutingNoun(word: string): boolean {
  return ROUTING_NOUNS.has(toStem(word));
}

/** "tendrs for": one slip of the finger in a long word. */
export function isRoutingNounOrSlip(word: string): boolean {
  const stem = toStem(word);
  if (ROUTING_NOUNS.has(stem) || HEAD_NOUNS.has(stem)) return true;
  return stem.length >= SHORTEST_SLIP && [...ROUTING_NOUNS].some((noun) => isOneSlip(stem, noun));
}

const TAIL_WORDS = toStems(
  "начальной начальная максимальной максимальная минимальной предельной общей стоимостью стоимость бюджетом бюджет суммой сумма ценой цена нмцк maximum starting budget worth priced pls please плиз плз пжлста пожалуйста спасибо thanks thank asap anywhere somewhere closing ending срочно кп предложение quote quotation offer proposal",
);

/** What leads to a value that another field took: "с начальной" before "ценой до 5 млн". */
export function isTailWord(word: string): boolean {
  return TAIL_WORDS.has(toStem(word));
}

const MOMENT_WORDS = toStems(
  "сегодня сейчас щас завтра нынче наличии наличие опт оптом wholesale now right today currently stock left",
);

/** "Khasan oysters right now": when and whether, at the edge of a name. */
export function isMomentWord(word: string): boolean {
  return MOMENT_WORDS.has(toStem(word));
}

/** "тендеры", "закупки": of what is looked among, the words that are nobody's subject even at the end ("сеть", "площадка" may be). */
const PLAIN_TENDERS =
  /^(?:тенд|торг|гос|закуп|аукцион|конкурс|котиров|еис$|онлайн|вики|яндекс|zakupki|tender|procurement|auction|contract|bid|notice|rfp|online|wiki|yandex)/;

export function isPlainTender(word: string): boolean {
  return isRoutingNoun(word) && PLAIN_TENDERS.test(word);
}

export function isWeakRoutingWord(word: string): boolean {
  // The stem of "news" is that of "new".
  return (word !== "news" && WEAK_WORDS.has(toStem(word))) || isFunctionWord(word);
}
