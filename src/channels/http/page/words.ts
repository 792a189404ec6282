// Every sentence of the page, in both languages. Counts choose their own form.
import { EFFECT_VERBS } from "../../effect-verbs.ts";
import type { Locale } from "../../../kernel/domain/text.ts";

export interface Words {
  readonly title: string;
  readonly local: string;
  readonly other: string;
  readonly otherLanguage: Locale;
  readonly skip: string;
  readonly ask: string;
  readonly askExample: string;
  readonly askButton: string;
  readonly understood: string;
  readonly sure: (percent: number) => string;
  readonly from: string;
  readonly change: string;
  readonly missing: string;
  readonly goOn: string;
  readonly chooseOne: string;
  readonly none: string;
  readonly noneGuess: (skill: string, percent: number) => string;
  readonly noneFix: string;
  readonly declined: string;
  readonly declinedText: string;
  readonly noneNear: string;
  readonly useAnyway: (skill: string) => string;
  readonly trial: string;
  readonly trialRead: string;
  readonly verbs: Readonly<Record<"read" | "write" | "delete", string>>;
  readonly noUndo: string;
  readonly entries: (count: number) => string;
  readonly unknownUntilRun: string;
  readonly leaveOut: string;
  readonly moreEntries: (count: number) => string;
  readonly nothingToDo: string;
  readonly lookBelow: string;
  readonly buttonBelow: string;
  readonly repeatIt: string;
  readonly leftOut: (count: number) => string;
  readonly risk: (risk: number) => string;
  readonly needsYes: (role: string) => string;
  readonly mayCost: (usd: string) => string;
  readonly plan: string;
  readonly yes: (deletes: boolean) => string;
  readonly no: string;
  readonly run: string;
  readonly exactly: string;
  readonly waiting: string;
  readonly waitingApproval: (role: string) => string;
  readonly waitingUntil: (time: string) => string;
  readonly waitingOutcome: string;
  readonly outcomeText: (place: string) => string;
  readonly happened: string;
  readonly notHappened: string;
  readonly waitingOther: string;
  readonly working: string;
  readonly workingText: string;
  readonly look: string;
  readonly cancelled: string;
  readonly done: string;
  readonly failed: string;
  readonly practiceData: string;
  readonly liveData: string;
  readonly sample: string;
  readonly asOf: (time: string) => string;
  readonly cost: (usd: string) => string;
  readonly noModel: string;
  readonly approvedBy: (by: string, time: string) => string;
  readonly runId: string;
  readonly changedNothing: string;
  readonly download: string;
  readonly rows: (count: number, shown: number) => string;
  readonly todo: string;
  readonly requestId: string;
  readonly more: string;
  readonly tryAgain: string;
  readonly tryPractice: string;
  readonly tryStale: string;
  readonly wholeList: string;
  readonly allValues: string;
  readonly askElse: string;
  readonly recent: string;
  readonly status: Readonly<Record<string, string>>;
  readonly roles: Readonly<Record<string, string>>;
  readonly fileHint: string;
  readonly dateHint: string;
  readonly unclear: (said: string) => string;
  readonly periodHint: string;
  readonly listHint: string;
  readonly page: { readonly means: string; readonly why: string };
}

export const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    title: "SkillOS",
    local: "on this computer",
    other: "По-русски",
    otherLanguage: "ru",
    skip: "To the answer",
    ask: "What should be done?",
    askExample: "For example: what do I earn on 40 kg of oysters at 1900 per kg",
    askButton: "Ask",
    understood: "Understood",
    sure: (percent) => `${percent} % sure`,
    from: "from",
    change: "Change a value",
    missing: "Still needed",
    goOn: "Go on",
    chooseOne: "Which of these do you mean?",
    none: "I have no skill for this",
    noneGuess: (skill, percent) =>
      `Best guess: ${skill}, ${percent} % sure; too little to act on. Nothing ran.`,
    declined: "not approved",
    declinedText: "Not approved: nothing was sent or changed.",
    noneFix: "Say it differently, or choose:",
    noneNear: "Nothing I can do is near these words. Nothing ran. What one can ask, for example:",
    useAnyway: (skill) => `Use ${skill}`,
    trial: "Trial run: nothing was changed. If you go ahead, this",
    trialRead: "Trial run: this only reads",
    verbs: EFFECT_VERBS.en,
    noUndo: "cannot be undone",
    entries: (count) => (count === 1 ? "1 entry" : `${count} entries`),
    unknownUntilRun: "known only when it runs",
    leaveOut: "leave out",
    moreEntries: (count) => `and ${count} more that are not shown here`,
    nothingToDo: "There is nothing to change.",
    lookBelow: "Look at the new list below, then say yes or no to it.",
    buttonBelow: "the button below",
    repeatIt: "This was once. To repeat it, in a terminal:",
    leftOut: (count) => `left out: ${count}`,
    risk: (risk) => `risk ${risk} of 20`,
    needsYes: (role) => `needs a yes from: ${role}`,
    mayCost: (usd) => `may cost up to ${usd}`,
    plan: "plan",
    yes: (deletes) => (deletes ? "Yes, delete" : "Yes, do it"),
    no: "No",
    run: "Run it",
    exactly: "It does exactly this, or stops if something has changed.",
    waiting: "Waiting",
    waitingApproval: (role) => `It waits for a yes from: ${role}.`,
    waitingUntil: (time) => `The question is open until ${time}.`,
    waitingOutcome: "Did this go out?",
    outcomeText: (place) =>
      `We sent it to ${place} and lost the connection before the answer. It will not be sent twice without you. Look there whether it arrived, then say so.`,
    happened: "It arrived",
    notHappened: "It did not: send it again",
    waitingOther: "It goes on by itself when what it waits for is there.",
    working: "Working …",
    workingText: "This page looks again every two seconds.",
    look: "Look again",
    cancelled: "Cancelled",
    done: "Done",
    failed: "It did not work",
    practiceData: "practice data",
    liveData: "live data",
    sample: "a saved answer: its day and place may be others than you named",
    asOf: (time) => `as of ${time}`,
    cost: (usd) => `cost ${usd}`,
    noModel: "no AI model used",
    approvedBy: (by, time) => `approved by ${by}, ${time}`,
    runId: "run",
    changedNothing: "changed nothing",
    download: "Download for Excel",
    rows: (count, shown) =>
      shown < count ? `${shown} of ${count} rows shown` : count === 1 ? "1 row" : `${count} rows`,
    todo: "What to do:",
    requestId: "request",
    more: "More about this",
    tryAgain: "Try again",
    tryPractice: "Use practice data",
    tryStale: "Use what was saved last",
    wholeList: "the whole list for Excel",
    allValues: "All values",
    askElse: "Ask something else",
    recent: "Last runs",
    status: {
      succeeded: "done",
      failed: "failed",
      running: "working",
      queued: "queued",
      waiting: "waiting",
      cancelled: "cancelled",
      planned: "trial run",
    },
    roles: { owner: "owner", manager: "manager", member: "member", viewer: "viewer" },
    fileHint: "A file from this computer, up to 10 MB.",
    dateHint: "For example 31.12.2026 or 2026-12-31.",
    unclear: (said) => `Not clear: ${said}.`,
    periodHint: "For example 2026-12-01..2026-12-15.",
    listHint: "Several are separated by commas.",
    page: { means: "What it means", why: "Why" },
  },
  ru: {
    title: "SkillOS",
    local: "на этом компьютере",
    other: "In English",
    otherLanguage: "en",
    skip: "К ответу",
    ask: "Что сделать?",
    askExample: "Например: сколько я заработаю на 40 кг устриц по 1900 за кг",
    askButton: "Спросить",
    understood: "Понял так",
    sure: (percent) => `уверен на ${percent} %`,
    from: "из слов",
    change: "Изменить значение",
    missing: "Ещё нужно",
    goOn: "Дальше",
    chooseOne: "Что из этого вы имеете в виду?",
    none: "Для этого у меня нет навыка",
    noneGuess: (skill, percent) =>
      `Лучшая догадка: ${skill}, уверенность ${percent} %; этого мало, чтобы действовать. Ничего не запускалось.`,
    declined: "не подтверждён",
    declinedText: "Не подтверждено: ничего не отправлено и не изменено.",
    noneFix: "Скажите иначе или выберите:",
    noneNear: "Ничего похожего я не умею. Ничего не запускалось. Можно спросить, например:",
    useAnyway: (skill) => `Взять ${skill}`,
    trial: "Пробный запуск: ничего не изменено. Если продолжить, запуск",
    trialRead: "Пробный запуск: это только читает",
    verbs: EFFECT_VERBS.ru,
    noUndo: "вернуть нельзя",
    entries: (count) => toCount(count, ["строка", "строки", "строк"]),
    unknownUntilRun: "станет известно при запуске",
    leaveOut: "не трогать",
    moreEntries: (count) => `и ещё ${count}, здесь не показаны`,
    nothingToDo: "Менять нечего.",
    lookBelow: "Посмотрите новый список ниже и согласитесь или откажитесь.",
    buttonBelow: "кнопка ниже",
    repeatIt: "Это один раз. Чтобы повторять, в терминале:",
    leftOut: (count) => `не трогаем: ${count}`,
    risk: (risk) => `риск ${risk} из 20`,
    needsYes: (role) => `нужно согласие: ${role}`,
    mayCost: (usd) => `может стоить до ${usd}`,
    plan: "план",
    yes: (deletes) => (deletes ? "Да, удалить" : "Да, выполнить"),
    no: "Нет",
    run: "Запустить",
    exactly: "Будет сделано ровно это, или запуск остановится, если что-то изменилось.",
    waiting: "Ждёт",
    waitingApproval: (role) => `Ждёт согласия: ${role}.`,
    waitingUntil: (time) => `Вопрос открыт до ${time}.`,
    waitingOutcome: "Это дошло?",
    outcomeText: (place) =>
      `Мы отправили это на ${place}, и связь оборвалась до ответа. Без вас второй раз не отправим. Проверьте там, дошло ли, и скажите.`,
    happened: "Дошло",
    notHappened: "Не дошло: отправить снова",
    waitingOther: "Продолжится само, когда появится то, чего ждёт.",
    working: "Работаю…",
    workingText: "Страница сама обновляется каждые две секунды.",
    look: "Посмотреть ещё раз",
    cancelled: "Отменено",
    done: "Готово",
    failed: "Не получилось",
    practiceData: "учебные данные",
    liveData: "настоящие данные",
    sample: "заготовленный ответ: день и место в нём могут быть не те, что вы назвали",
    asOf: (time) => `на ${time}`,
    cost: (usd) => `стоимость ${usd}`,
    noModel: "модель не нужна",
    approvedBy: (by, time) => `согласие: ${by}, ${time}`,
    runId: "запуск",
    changedNothing: "ничего не изменено",
    download: "Скачать для Excel",
    rows: (count, shown) =>
      shown < count ? `показано ${shown} из ${count}` : toCount(count, ["строка", "строки", "строк"]),
    todo: "Что делать:",
    requestId: "запрос",
    more: "Подробнее об этом",
    tryAgain: "Повторить",
    tryPractice: "Взять учебные данные",
    tryStale: "Взять сохранённое в прошлый раз",
    wholeList: "весь список для Excel",
    allValues: "Все значения",
    askElse: "Спросить другое",
    recent: "Последние запуски",
    status: {
      succeeded: "готово",
      failed: "не получилось",
      running: "работает",
      queued: "в очереди",
      waiting: "ждёт",
      cancelled: "отменён",
      planned: "пробный",
    },
    roles: { owner: "владелец", manager: "менеджер", member: "сотрудник", viewer: "наблюдатель" },
    fileHint: "Файл с этого устройства, до 10 МБ.",
    dateHint: "Например 31.12.2026 или 2026-12-31.",
    unclear: (said) => `Неясно: ${said}.`,
    periodHint: "Например 2026-12-01..2026-12-15.",
    listHint: "Несколько через запятую.",
    page: { means: "Что это значит", why: "Почему так" },
  },
};

function toCount(count: number, [one, few, many]: readonly [string, string, string]): string {
  const [tens, units] = [count % 100, count % 10];
  if (tens > 10 && tens < 20) return `${count} ${many}`;
  if (units === 1) return `${count} ${one}`;
  return `${count} ${units > 1 && units < 5 ? few : many}`;
}
