// То же по-русски. One key, one sentence, as in en.ts.
import { EFFECT_VERBS } from "../../effect-verbs.ts";
import { toRussianCount } from "./count.ts";
import type { Words } from "./en.ts";
import { TITLES } from "./titles-ru.ts";

const ROLES: Readonly<Record<string, string>> = {
  owner: "владелец",
  manager: "менеджер",
  member: "сотрудник",
  viewer: "наблюдатель",
};
const STOPS: Readonly<Record<string, string>> = {
  user_removed: "того, кто это настроил, удалили",
  key_revoked: "ключ, которым это настроили, отозван",
  key_expired: "срок ключа, которым это настроили, вышел",
};
const ROWS = ["строка", "строки", "строк"] as const;
const DELIVERIES = ["доставка", "доставки", "доставок"] as const;
const ACCUSATIVE_ROWS = ["строку", "строки", "строк"] as const;
const TABLES: Readonly<Record<string, { readonly yours: string; readonly file: string }>> = {
  batches: { yours: "Ваши партии", file: "партии.xlsx" },
};

const BREAKS: Readonly<Record<string, (place: string) => string>> = {
  edited: (place) => `строка ${place} переписана`,
  moved: (place) => `строка ${place} не та, что стояла на этом месте`,
  missing: (place) => `строки ${place} нет`,
  cut_off: (place) => `он обрывается перед строкой ${place}`,
  added: (place) => `строка ${place} добавлена`,
};

function toBreak(what: string, place: string): string {
  return BREAKS[what]?.(place) ?? `${what}, ${place}`;
}

export const ru: Words = {
  understood: (title, skill, percent) =>
    `Понял так: «${title}» (${skill})${percent === null ? "" : `, уверен на ${percent} %`}`,
  fromWords: (words) => `из слов «${words}»`,
  changedNothing: "Ничего не изменено",
  cost: (usd) => `стоимость ${usd}`,
  noModel: " (модель не нужна)",
  milliseconds: (ms) => `${ms} мс`,
  seconds: (seconds) => `${seconds.replace(".", ",")} с`,
  run: (id) => `запуск ${id}`,
  practiceData: "учебные данные",
  liveData: "настоящие данные",
  sample: "заготовленный ответ: день и место в нём могут быть не те, что вы назвали",
  practicePrice: "учебная цена, ничего не списывается",
  ownPrice: "ваша цена",
  knownPrice: (input, output) => `известная: чтение ${input}, запись ${output}`,
  longInput: (tokens, input, output) =>
    `если прочитано больше ${tokens} токенов: чтение ${input}, запись ${output}`,
  asOf: (date) => `на ${date}`,
  wrongSkill: "Не тот навык?",
  repeatIt: "Повторять:",
  yourTable: (table) => TABLES[table] ?? { yours: "Ваши данные", file: "ФАЙЛ.xlsx" },
  anAttachedFile: "приложенный файл",
  moreRows: (count) => `… и ещё ${count} (все: --json)`,
  approvedBy: (by, time) => `${by === "вы" ? "подтвердили вы" : `подтвердил ${by}`} в ${time}`,
  you: "вы",
  repeatDeletes: "Повторный запуск больше ничего не удалит. ",
  itsFile: (id) => `Файл: npx skillos files get ${id}`,
  logsMore: "По шагам: npx skillos logs --run ЗАПУСК. По мере событий: npx skillos logs --follow",
  stepByStep: (id) => `По шагам: npx skillos logs --run ${id}`,
  cancelledRun: (id) => `Запуск ${id} остановлен`,
  queued: (id) => `Поставлено в очередь: ${id}. Как идут дела: npx skillos runs ${id}`,
  savedRecording: (file) => `Записано в ${file}`,
  nothingRecorded: {
    unasked: "Записывать нечего: к службам этот запуск не обращается.",
    practice: "Записывать нечего: вместо службы ответили учебные данные.",
    unanswered: "Записывать нечего: ни одна служба не ответила.",
  },
  trial: "Пробный запуск: ничего не изменено. Если продолжить, будет вот что",
  trialReads: "Пробный запуск: ничего не изменено. Он только читает:",
  verbs: EFFECT_VERBS.ru,
  files: (count) => toRussianCount(count, ["файл", "файла", "файлов"]),
  rows: (count) => toRussianCount(count, ROWS),
  objects: (count) => toRussianCount(count, ["объект", "объекта", "объектов"]),
  unknownUntilRun: "станет известно при запуске",
  noUndo: "отменить нельзя",
  risk: (risk, why) => `Риск ${risk} из 20${why === "" ? "" : ` (${why})`}`,
  riskWhy: { write: "изменяет", delete: "удаляет" },
  needsYes: (by) => `нужно согласие: ${by}`,
  plan: (short) => `план ${short}`,
  planSaved: (short, file) => `план ${short} сохранён в ${file}`,
  upTo: (usd) => `стоимость до ${usd}`,
  nextWithoutDryRun: (count) =>
    `Дальше: та же команда без --dry-run.${
      count === 0
        ? ""
        : ` Она сделает ровно это или остановится, если ${count === 1 ? "объект изменился" : `что-то из ${count} изменилось`}.`
    }`,
  nextExecuteInstead: "Дальше: та же команда с --execute вместо --dry-run.",
  nextExecute: "Дальше: та же команда с --execute.",
  role: (role) => ROLES[role] ?? role,
  planUnchanged: (short, time, what) => `План ${short}, без изменений с ${time}: ${what}.`,
  doVerbs: { read: "прочитать", write: "записать", delete: "удалить" },
  objectOf: (count, target, quality) =>
    `${toRussianCount(count, ACCUSATIVE_ROWS)} в ${target}${quality === "" ? "" : ` (${quality})`}`,
  someOf: (target) => `${target}, сколько — станет известно при запуске`,
  approveAs: (role) => `Подтверждаете как ${role}? (да / нет / убрать часть)`,
  yes: ["да", "д", "yes", "y"],
  no: ["нет", "н", "no", "n"],
  leaveOut: ["убрать часть", "убрать", "часть", "у", "leave some out", "leave"],
  whichToLeaveOut: "Что убрать? Номера через пробел",
  notThere: (id) => `${id} нет в списке.`,
  notOne: (id) => `${id} есть в нескольких строках: назовите номер в начале строки.`,
  noneLeftOut: "Ничего не убрано.",
  nothingLeft: "Ничего не осталось бы: тогда ответьте «нет».",
  whatIsLeft: (count) => `Останется ${toRussianCount(count, ROWS)}:`,
  approveRest: (role, count) =>
    `Подтверждаете как ${role} только ${count === 1 ? "это" : `эти ${count}`}? (да / нет)`,
  yesOrNo: "Ответьте, пожалуйста, да или нет.",
  yesNoOrSome: "Ответьте, пожалуйста: да, нет или убрать часть.",
  notDone: "Ничего не сделано.",
  declined: "Не подтверждено: ничего не отправлено и не изменено.",
  leftOpen: (id) => `Ответа ждут: npx skillos approvals approve ${id} (или: approvals deny ${id})`,
  keyOnce: "Ключ показан один раз; сохраните его там, где храните секреты:",
  matchesNothing: (globs) => `Навыков ${globs} пока нет; если появятся, ключ до них дотянется.`,
  keyUntil: (id, at) => `${id} действует до ${at}`,
  stillGood: (ids) =>
    `Созданные с его помощью ключи действуют: ${ids}. Если его украли, отзовите и их: npx skillos keys revoke КЛЮЧ --with-descendants`,
  stopsWith: (ids) =>
    `Больше ничего не запустят: ${ids}. Принять на себя: npx skillos webhook take-over ВЕБХУК, npx skillos schedule take-over РАСПИСАНИЕ`,
  startsNothing: (id, why) => `${id} ничего не запускает: ${STOPS[why] ?? why}`,
  endsWithKey: (at) => `После ${at} ничего не запустит: тогда кончится ключ, к которому это привязано`,
  takenOver: (id, user) => `✓ ${id} теперь у пользователя ${user}`,
  removed: (id) => `✓ ${id} убран`,
  dropped: (table, rows) => `✓ таблицы ${table} больше нет, вместе с ней ${toRussianCount(rows, ROWS)}`,
  askDrop: (table, rows, skills) =>
    `Удалить таблицу ${table}, ${toRussianCount(rows, ACCUSATIVE_ROWS)}? ${skills.length === 0 ? "" : `С ней работают навыки: ${skills.join(", ")}. `}Отменить нельзя. (да / нет)`,
  practiceAgain: (table) => `Вернуть её учебные данные: npx skillos data practice ${table}`,
  practiceThere:
    "Все учебные таблицы на месте. Одну заново, что бы в ней ни было: npx skillos data practice ТАБЛИЦА",
  deliveryNeeds: (names) => `В каждой доставке должно быть: ${names}`,
  deliveriesFailed: (id, count) =>
    `${id}: ${toRussianCount(count, DELIVERIES)} за сутки без запуска. Причина последней:`,
  brokenFile: (place, since) =>
    `${place}: ошибка с ${since}, отвечает прежняя версия. Как исправить: npx skillos validate`,
  brokenPolicy: (place, since) =>
    `В ${place} ошибка с ${since}: действует последняя верная версия. Как исправить: npx skillos validate`,
  declinedStatus: "не подтверждён",
  waitsForYes: (by, id) => `Ждёт согласия: ${by}. Согласиться: npx skillos approvals approve ${id}`,
  eachWaitsForYes: (by) => `Каждый такой запуск будет ждать согласия: ${by}. Что ждёт: npx skillos approvals`,
  linkUntil: (time) => `Только ваша, на одно решение, до ${time}. Если открыть, ничего не изменится.`,
  asksFor: (what) => (what === "" ? "Запуск спрашивает:" : `Запуск спрашивает: ${what}`),
  waitsFor: (what) => `Ждёт: ${what}.`,
  didItGoOut: "Это дошло?",
  sentTo: (target) =>
    `Мы отправили это на ${target}, и связь оборвалась до ответа. Без вас второй раз не отправим.`,
  lookAndSay: (target, command) =>
    `Проверьте на ${target}, дошло ли, потом: \`${command} yes\` (или \`no\`).`,
  choose: "Что из этого вы имели в виду?",
  chooseNumber: "Номер",
  none: "ничего из этого",
  badNumber: "Это не число. Например: 40 или 1900,50",
  needs: (names) => `Не хватает: ${names}`,
  giveIt: (name) => `--set ${name}=…`,
  unclear: (said) => `(неясно: ${said})`,
  noSkill: "У меня нет такого навыка",
  bestGuess: (skill, percent) =>
    `Ближе всего ${skill}, уверенность ${percent} %: слишком мало, чтобы действовать. Ничего не запускалось.`,
  nothingRan: "Ничего не запускалось.",
  noSkillFix: (skill) =>
    skill === ""
      ? "Скажите иначе или создайте навык: npx skillos add-skill shop/my_skill"
      : `Скажите иначе, выберите навык: \`npx skillos run-skill ${skill}\` или создайте свой: \`npx skillos add-skill shop/my_skill\`.`,
  nothingNear: "Ничего похожего я не умею. Ничего не запускалось.",
  canAsk: "Можно спросить, например:",
  allSkills: "Всё, что можно спросить: `npx skillos skills`",
  ownSkill: "Свой навык: `npx skillos add-skill shop/my_skill` (область/имя, строчными латинскими буквами)",
  request: (id) => `запрос ${id}`,
  exitCode: (code) => `код выхода ${code}`,
  exact: "Подробно",
  couldCost: ({ what, usd, cheaper, isPractice }) =>
    `${what === "" ? "Это" : what} — до ${usd}${cheaper === "" ? "" : `, с моделью подешевле до ${cheaper}`}${isPractice ? " (учебные цены)" : ""}.`,
  pages: (count) => toRussianCount(count, ["страница", "страницы", "страниц"]),
  yourLimit: {
    request: (usd) => `Ваш лимит — ${usd} на запрос.`,
    day: (usd) => `Ваш лимит — ${usd} в день.`,
    month: (usd) => `Ваш лимит — ${usd} в месяц.`,
  },
  spentToday: ({ spent, limit, time, zone }) =>
    `Сегодня потрачено ${spent} из ${limit}; день начнётся заново в ${time} (время: ${zone}).`,
  doOneOf: "Что можно сделать:",
  fewerPages: (usd) => `меньше страниц (до ${usd})`,
  shorterAnswer: "ответ покороче",
  higherLimit: "поднять лимит",
  titles: TITLES,
  nothingHere: "Пока пусто.",
  status: {
    succeeded: "готово",
    failed: "не вышло",
    running: "идёт",
    queued: "в очереди",
    waiting: "ждёт",
    cancelled: "отменён",
    planned: "пробный",
  },
  noStatus: (word) => `Состояния «${word}» нет.`,
  statuses: (list) => `Напишите одно из этих: ${list}.`,
  yesOrNot: (is) => (is ? "да" : "нет"),
  realModel: "Чтобы отвечала настоящая модель:",
  saved: "Сохранено.",
  fine: (what) => `✓ ${what}`,
  skillsValid: (count) => `${toRussianCount(count, ["навык", "навыка", "навыков"])} без ошибок`,
  mistakes: (count) => toRussianCount(count, ["ошибка", "ошибки", "ошибок"]),
  imported: (table, rows) => `✓ ${toRussianCount(rows, ROWS)} в таблице ${table}`,
  practiceReplaced: "учебные данные в ней убраны",
  ownReplaced: (rows) => `ваших строк заменено: ${rows}`,
  askReplace: (table, rows) =>
    `В таблице ${table} ${toRussianCount(rows, ROWS)} (ваши, не учебные). Заменить их файлом? Отменить нельзя. (да / нет)`,
  newTable: (near) => `новая таблица${near === undefined ? "" : `; может быть, вы имели в виду ${near}?`}`,
  perRequest: "На запрос",
  perDay: "В день",
  perMonth: "В месяц",
  limitIdle: (limit, wider) => `! Лимит «${limit}» больше лимита «${wider}», и раньше сработает второй.`,
  paused: (whom) => (whom === "" ? "На паузе ничего нет." : `На паузе: ${whom}`),
  degraded: "модель подешевле: бюджет на исходе",
  auditMore: (next) => `Есть ещё: npx skillos audit --since ${next}`,
  auditHolds: (entries) =>
    `✓ Журнал решений такой, каким его записали: ${toRussianCount(entries, ["запись", "записи", "записей"])}.`,
  auditBroken: (what, place) => `✗ Журнал решений изменён: ${toBreak(what, place)}.`,
  policyRule: (rule) => `Правило: ${rule}`,
  policyAsks: (role) => `Нужно согласие: ${role}`,
  policyPays: (payers) => `Действуют бюджеты, лимиты и паузы: ${payers}`,
  auditBrokenNext: "До этого места он цел. Дальнейшее сравните со старой копией (npx skillos audit export).",
  eachUser: "каждый пользователь",
  noLimitNow: "без лимита",
  nothingChanged: "ничего не изменилось",
  held: "Придержано",
  remaining: "Осталось",
  spent: (usd) => `потрачено ${usd}`,
  resets: (at) => `день начнётся заново ${at}`,
  learned: (skill, id) =>
    `Спасибо: такие запросы чаще будут попадать в ${skill}. Вернуть как было: npx skillos feedback remove ${id}`,
  noTests: (file) => `тестов нет: нет файла ${file}`,
  howToTest: [
    "В файле тестов стоят примеры, скажем так:",
    "  cases:",
    "    - name: NAME",
    "      input: { INPUT: VALUE }",
    "      expect: { status: succeeded, result: { OUTPUT: VALUE } }",
  ],
  passed: (passed, failed) => `прошло ${passed}, не прошло ${failed}`,
  made: (file) => `✓ ${file}`,
  asksSecret: (key, where) => `${key}${where === "" ? "" : ` (${where})`}`,
  secretsSaved: (file) =>
    `Сохранено в ${file}, читать можете только вы. Работающий сервер увидит это после перезапуска.`,
  namedInExample: (names) =>
    `В .env.example теперь названо ${names}, без значения: внесите это в git, чтобы и другие знали о ключе.`,
  noSecrets: (connector) => `Для ${connector} ключ не нужен.`,
  approvalNone: "Согласия никто не ждёт.",
  scheduled: (id, at) => `✓ ${id}, следующий раз ${at}`,
  runsHere:
    "Расписания работают, пока работает SkillOS: ради них он остаётся в фоне; после выключения компьютера — `npm start`. Что они ответили: npx skillos runs",
  ticked: (count) => `запущено: ${count}`,
  waitingJobs: (count) => `ещё в работе: ${count}`,
  allDone: "Все задания выполнены.",
  starting: "запускаю SkillOS",
  working: "работаю",
};
