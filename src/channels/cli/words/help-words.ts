// What --help says besides the commands' own summaries: commander's heads, and the names of what is to be filled in.
import type { Locale } from "../../../kernel/domain/text.ts";

export interface HelpWords {
  readonly about: string;
  readonly group: (name: string) => string;
  readonly forExample: string;
  readonly version: string;
  /** A head, a summary or a usage line as commander has it. */
  readonly say: (text: string) => string;
}

/** Commander's own texts, which it writes in English only. */
const OF_COMMANDER: Readonly<Record<string, string>> = {
  "Usage:": "Как писать:",
  "Options:": "Параметры:",
  "Commands:": "Команды:",
  "display help for command": "показать эту справку",
};

/** What stands in `<…>` and `[…]` of commands and flags. */
const PLACES: Readonly<Record<string, string>> = {
  address: "адрес",
  command: "команда",
  count: "число",
  credits: "кредиты",
  cursor: "отметка",
  date: "дата",
  dir: "папка",
  expression: "выражение",
  feedback: "отзыв",
  file: "файл",
  host: "служба",
  key: "ключ",
  mode: "способ",
  name: "имя",
  "name=value": "имя=значение",
  options: "параметры",
  path: "путь",
  request: "запрос",
  role: "роль",
  run: "запуск",
  "run-or-skill": "запуск-или-навык",
  schedule: "расписание",
  scope: "право",
  scheme: "схема",
  seconds: "секунды",
  secret: "секрет",
  skill: "навык",
  status: "состояние",
  table: "таблица",
  tag: "метка",
  text: "текст",
  time: "время",
  token: "токен",
  usd: "доллары",
  user: "человек",
  rows: "строки",
  value: "значение",
  webhook: "вебхук",
  model: "модель",
  what: "как",
  whom: "кого",
  word: "слово",
  words: "слова",
  "yes|no": "да|нет",
  zone: "пояс",
};

const PLACE = /(?<=[<[])[a-z=|-]+(?=(?:\.\.\.)?[>\]])/g;

/** `<навык>` of `<skill>`, `[запуск]` of `[run]`; a name that nobody put into Russian stays. */
export function toRussianPlaces(text: string): string {
  return text.replace(PLACE, (name) => PLACES[name] ?? name);
}

const en: HelpWords = {
  about:
    "Turns a sentence into work that is routed, forecast, permitted, budgeted, approved, done and explained.",
  group: (name) => `skillos ${name} --help lists what there is`,
  forExample: "For example:",
  version: "output the version number",
  say: (text) => text,
};

const ru: HelpWords = {
  about:
    "Превращает фразу в работу: находит навык, показывает, что будет, проверяет права и деньги, спрашивает согласия, делает и объясняет.",
  group: (name) => `что есть: skillos ${name} --help`,
  forExample: "Например:",
  version: "показать версию",
  say: (text) => OF_COMMANDER[text] ?? toRussianPlaces(text),
};

export const HELP: Readonly<Record<Locale, HelpWords>> = { en, ru };
