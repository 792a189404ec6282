// По-русски то, что отказ называет словом программы: things, actions and built-in rules; a policy's own rule stays as it is named.
import type { Piece, Thing } from "../../kernel/domain/thing.ts";

const ACTIONS: readonly (readonly [RegExp, string])[] = [
  [/^delete with /, "удалять навыком "],
  [/^delete /, "удалять "],
  [/^write with /, "изменять данные навыком "],
  [/^run /, "запускать навык "],
  [/^approve /, "подтверждать "],
  [/^cancel /, "останавливать запуск навыка "],
  [/^answer /, "отвечать на вопросы навыка "],
  [/^resolve /, "решать, дошло ли отправленное навыком "],
  [/^change connectors$/, "менять коннекторы"],
  [/^call /, "вызывать "],
  [/^explain policies to others$/, "узнавать, что можно другим"],
  [/^read that file$/, "читать этот файл"],
  [/^change policies$/, "менять политики"],
  [/^make a tenant$/, "заводить организацию"],
  [/^pause everything$/, "останавливать всё"],
  [/^erase a tenant$/, "стирать организацию"],
  [/^rotate the master key$/, "менять главный ключ"],
];
const ROLES: Readonly<Record<string, string>> = {
  owner: "владелец",
  manager: "менеджер",
  member: "сотрудник",
  viewer: "наблюдатель",
};
const RULES: readonly (readonly [RegExp, string])[] = [
  [/^viewers only read$/, "наблюдатели только читают"],
  [/^this key does not run skills$/, "этот ключ не запускает навыки"],
  [/^the key that set this up was revoked$/, "ключ, которым это настроили, отозван"],
  [/^the key that set this up has ended$/, "срок ключа, которым это настроили, вышел"],
  [/^members act on the runs they started$/, "сотрудники распоряжаются своими запусками"],
  [/^nobody agrees to what he asked for himself$/, "на свой же запрос никто не соглашается сам"],
  [/^the key comes from whoever asked$/, "ключ — из рук того, кто просит"],
  [
    /^nobody agrees to what he himself put into a run$/,
    "никто не соглашается с тем, что сам вложил в запуск",
  ],
  [
    /^others could decide when it was asked, or within the last day$/,
    "когда вопрос был задан или за последние сутки решить могли и другие",
  ],
  [/^approvals need the operator's token$/, "для согласия нужен токен оператора"],
  [/^only the operator makes tenants$/, "организации заводит только оператор"],
  [/^only the operator pauses everything$/, "всё останавливает только оператор"],
  [/^only the operator erases tenants$/, "организации стирает только оператор"],
  [/^only the operator has the master key$/, "главный ключ есть только у оператора"],
  [/^connectors need a key with "admin"$/, "для коннекторов нужен ключ с правом admin"],
  [/^needs a key that reaches every skill$/, "нужен ключ, которому доступны все навыки"],
  [
    /^a key for some skills opens only files that were attached with it$/,
    "ключ для отдельных навыков открывает только файлы, приложенные с ним же",
  ],
  [
    /^the secret of a webhook is set by its user, with its key$/,
    "секрет вебхука задаёт тот, чей он, и ключом, которым он настроен",
  ],
  [/^this key does not reach the skill$/, "этому ключу навык недоступен"],
  [/^a key with a budget of nothing makes none$/, "ключ с нулевым бюджетом других не создаёт"],
  [/^this key reaches further than yours$/, "этот ключ может больше вашего"],
  [/^it calls a skill that this key does not reach$/, "он вызывает навык, недоступный этому ключу"],
  [/^whoever started this was removed$/, "того, кто это запустил, удалили"],
  [/^whoever set this up was removed$/, "того, кто это настроил, удалили"],
  [/^owners make keys for others$/, "ключи для других создают владельцы"],
  [/^policies need a key with "admin"$/, "для политик нужен ключ с правом admin"],
  [/^a yes is needed by now: (.+)$/, "теперь нужно согласие: $1"],
  [/^default policy$/, "обычные правила"],
  [/^the skill itself asks for a yes$/, "согласия требует сам навык"],
  [/^no rule allows to read$/, "ни одно правило не разрешает читать"],
  [/^no rule allows to write$/, "ни одно правило не разрешает изменять данные"],
  [/^no rule allows to delete$/, "ни одно правило не разрешает удалять"],
  [/^needs a key, and a role, with "(\w+)"$/, "у ключа и у роли должно быть право $1"],
];
const THINGS: Readonly<Record<Thing, string>> = {
  skill: "навык",
  run: "запуск",
  connector: "коннектор",
  policy: "политика",
  approval: "вопрос",
  feedback: "отзыв",
  schedule: "расписание",
  webhook: "вебхук",
  plan: "план",
  key: "ключ",
  user: "пользователь",
  path: "адрес",
  table: "таблица",
  file: "файл",
  model: "модель",
  breaker: "служба",
  "test file": "файл тестов навыка",
  secret: "секрет",
  tenant: "организация",
};
const PIECES: Readonly<Record<Exclude<Piece, `step ${string}`>, string>> = {
  "the body": "тело запроса",
  "the form": "форма",
  "the input": "входные данные",
  "the payload": "данные доставки",
  "the attachment": "приложенный файл",
  "the secret": "секрет",
  "the result": "результат",
  "the recording": "запись ответов",
  "the run so far": "то, что запуск уже собрал",
  "the list of changes": "список изменений",
};
/** Parts of this system, as faults name them. A service outside stays as it is named. */
const PARTS: readonly (readonly [RegExp, string])[] = [
  [/^the registry$/, "реестр навыков"],
  [/^the guard$/, "учёт лимитов"],
  [/^the database$/, "база данных"],
  [/^the runner$/, "исполнитель запусков"],
  [/^the store$/, "хранилище таблиц"],
  [/^the keys of the tokens' issuer$/, "ключи того, кто выдал токен"],
  [/^the keys of (\S+)$/, "ключи шифрования $1"],
  [/^other rows stand where these of the audit belong$/, "журнал решений: на месте его строк стоят чужие"],
];

/** What this program says itself of a source and of a file; what they say stays as it is. */
const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/^this server has no way to send mail$/, "этому серверу нечем отправить письмо"],
  [/^no connection: .*$/, "нет соединения: верно ли имя и есть ли сеть?"],
  [/^no answer within ([\d.]+) s$/, "нет ответа за $1 с"],
  [/^(\S+) answered (\d{3})$/, "$1: ответ $2"],
  [/^the mail folder answered (\d{3})$/, "папка писем: ответ $1"],
  [/^a mail needs addresses that are addresses$/, "у письма должны быть настоящие адреса"],
  [/^no practice answer for (.+)$/, "учебного ответа нет для $1"],
  [/^JSON was expected, the answer is (.+)$/s, "ожидался JSON, а пришло: $1"],
  [/^the answer is empty where (\w+) was expected$/, "ответ пустой, а ожидался $1"],
  [/^the answer ended after (\d+) of (\d+) bytes$/, "ответ оборвался: $1 байт из $2"],
  [/^the answer is larger than (\d+) bytes$/, "ответ больше $1 байт"],
  [/^the page cannot be read: (.*)$/s, "страницу не прочитать: $1"],
  [/^the Excel file cannot be read: (.*)$/s, "файл Excel не прочитать: $1"],
  [
    /^this is not a 1C bank exchange: .*$/,
    "это не обмен 1С с банком: нет первой строки 1CClientBankExchange",
  ],
  [
    /^the 1C file (?:ends inside a document|does not end with .+): it was cut$/,
    "файл 1С обрезан: в нём нет конца",
  ],
  [/^the model's answer is not JSON$/, "ответ модели — не JSON"],
  [/^the model's answer was cut at max_tokens: (\d+)$/, "ответ модели обрезан по max_tokens: $1"],
];

function toRussian(table: readonly (readonly [RegExp, string])[], text: string): string | null {
  const [known, words] = table.find(([one]) => one.test(text)) ?? [];
  return known === undefined || words === undefined ? null : text.replace(known, words);
}

export function toRussianAction(action: string): string {
  return toRussian(ACTIONS, action) ?? `выполнить действие «${action}»`;
}

export function toRussianRole(role: string): string {
  return ROLES[role] ?? role;
}

export function toRussianRule(rule: string): string {
  const only = /^only (\w+) decides$/.exec(rule)?.[1];
  return only === undefined ? (toRussian(RULES, rule) ?? rule) : `решает только ${toRussianRole(only)}`;
}

export function toRussianFault(text: string): string {
  return toRussian(FAULTS, text) ?? text;
}

export function toRussianThing(what: Thing): string {
  return THINGS[what];
}

export function toRussianPiece(what: Piece): string {
  return isStep(what) ? what.replace(/^step /, "шаг ") : PIECES[what];
}

function isStep(what: Piece): what is `step ${string}` {
  return what.startsWith("step ");
}

export function toRussianPart(what: string): string {
  return toRussian(PARTS, what) ?? toRussianFault(what);
}
