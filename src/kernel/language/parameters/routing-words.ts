// Words that say what to do, and words that only join others. Free text is what remains of a request without them.
import { toStem } from "./phrase.ts";

function toStems(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).map(toStem));
}

const FUNCTION_WORDS = toStems(
  `и а но или либо в во на за по с со к ко о об обо от до из у для про при через над под без между около не ни же ли бы что чтобы как если то это эта этот эти
  мне нам меня нас мой моя мои моего наш наша наши его ее их там тут здесь есть быть будет был была были сейчас уже еще только также тоже где когда сколько какой какая какие какую каких который которые
  чем раз руб пожалуйста плиз рядом включая более менее туда обратно все всего вместе одно
  a an the and or but in on at of for to from by with within without about over under per as is are was were be been do does did i me my we us our you your it its this that these those
  there here please any some what which how when where who than then so into onto up near around each including total if can could would will shall should need want`,
);

/** Prepositions, articles, pronouns: never the edge of a free text, and no noun that a number counts. */
export function isFunctionWord(word: string): boolean {
  return FUNCTION_WORDS.has(toStem(word));
}

// The head of a request goes up to its last strong word: "покажи мне все новые тендеры на" before "офисную мебель".
const STRONG_WORDS = toStems(
  `найди найдите найти найдем ищи ищите искать ищу ищем поищи поищите поискать поиск подбери подберите подобрать покажи покажите показать дай дайте выведи вывести посмотри посмотрите узнай узнайте узнать
  проверь проверить нужны нужен нужна нужно интересуют интересует хочу хотим расскажи скажи собери сделай составь подготовь напиши
  тендер тендеры тендеров тендры госконтракт госконтракты госзаказ заказы лот лоты конкурс конкурсы конкурсов закупка закупки закупок госзакупки госзакупок аукцион аукционы торги торгов торгах еис zakupki объявили объявлены объявленные опубликованы опубликованные размещены размещенные вышли глянь гляньте
  загугли погугли гугл google яндекс yandex интернет интернете сеть сети онлайн
  find search look show get give list fetch check looking searching lookup need want tell google bing
  published announced posted tender tenders procurement procurements contract contracts bid bids rfp rfps auction auctions web internet online`,
);

const WEAK_WORDS = toStems(
  `новые новый новых свежие свежий свежих последние последних актуальные активные открытые действующие мне нам все всех какие какой есть ли там что пожалуйста привет здравствуйте добрый день слушай
  срочно можешь можно помоги быстро информация информацию информации
  new latest recent open active current fresh all any public government me us please hi hello hey can could you would like to let's lets some information info out up quickly`,
);

export function isStrongRoutingWord(word: string): boolean {
  return STRONG_WORDS.has(toStem(word));
}

export function isWeakRoutingWord(word: string): boolean {
  return WEAK_WORDS.has(toStem(word)) || isFunctionWord(word);
}
