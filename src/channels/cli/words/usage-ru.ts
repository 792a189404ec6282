// То же по-русски. One key, one mistake, as in usage-en.ts.
import { toRussianPlaces } from "./help-words.ts";
import type { UsageWords } from "./usage-en.ts";

const near = (name: string | undefined): string => (name === undefined ? "" : `Может быть, ${name}? `);

export const usageRu: UsageWords = {
  unknownCommand: (name, meant) => [
    `Такой команды нет: ${name}`,
    `${near(meant)}Все команды: \`npx skillos --help\`.`,
  ],
  unknownOption: (flag, meant, command) => [
    `Такого параметра нет: ${flag}`,
    `${near(meant)}Все параметры: \`npx skillos ${command}--help\`.`,
  ],
  missingWord: (name, command) => [
    `Команде не хватает: ${toRussianPlaces(`<${name}>`)}`,
    `Как её писать: \`npx skillos ${command}--help\`.`,
  ],
  tooManyWords: (extra, command) => [
    `Лишнее слово: ${extra}`,
    `Слова с пробелами берут в кавычки. Как писать команду: \`npx skillos ${command}--help\`.`,
  ],
  valueMissing: (flag) => [`После ${toRussianPlaces(flag)} нужно значение.`, ""],
  emptySentence: (command) => [
    "Что нужно сделать? Фраза пустая.",
    `Например: npx skillos ${command} "сколько я заработаю на 40 кг устриц по 1900 за кг". Всё, что можно спросить: npx skillos skills`,
  ],
  badSet: (set, flag) => [`${flag} ${set}: нужны имя, «=» и значение.`, `Например: ${flag} price=1900`],
  badInput: (text) => [
    `--input ${text}: это не объект JSON.`,
    "Например: --input total=500 или --input '{\"total\": 500}'",
  ],
  badApproval: (word) => [
    `--approval ${word}: сказать можно только «approved».`,
    "Напишите --approval approved или уберите, тогда вас спросят.",
  ],
  planPathAlone: () => [
    "Один --plan-path ничего не говорит.",
    "Он пишется с --dry-run (составить план) или с --execute (выполнить его).",
  ],
  badCount: (flag, text, range) => [`${flag} ${text}: нужно целое число, ${range}.`, `Например: ${flag} 5`],
  noSkillId: (text, meant) => [
    text === "" ? "Какой навык?" : `«${text}» — не имя навыка.`,
    `${near(meant)}Пишется область/имя, например ${meant ?? "oysters/calculate_margin"}. Все навыки: npx skillos skills`,
  ],
  noSkill: (text, meant) => [`Навыка ${text} нет.`, `${near(meant)}Все навыки: npx skillos skills`],
  badNewId: (text) => [
    `«${text}» не может быть именем навыка.`,
    "Пишется область/имя: строчные латинские буквы, цифры, - и _, например shop/my_skill.",
  ],
  skillExists: (id, file) => [`${id} уже есть.`, `Изменить его можно в ${file}.`],
  oneRequest: () => [
    "В этой фразе один запрос или для одного из шагов нет навыка: сохранять нечего.",
    'Несколько различаются по словам порядка: npx skillos route "найди билеты в Сочи, а потом гостиницу в Сочи"',
  ],
  whichMeant: () => [
    "Какой навык имелся в виду?",
    "Добавьте --expected-skill-id область/имя. Все навыки: npx skillos skills",
  ],
  neitherRunNorSkill: (text) => [
    `«${text}» — не запуск и не навык.`,
    "Напишите r-xxxxxx (npx skillos runs) или область/имя (npx skillos skills).",
  ],
  happened: () => ["Это произошло или нет?", "Добавьте --happened yes или --happened no."],
  noFile: (path) => [`Файла ${path} нет.`, "Проверьте путь: он считается от этой папки."],
  unreadable: (path) => [
    `${path} не прочитать.`,
    "Это должен быть файл, и у вас должно быть право его читать.",
  ],
  noFiles: (run) => [`Запуск ${run} не делал файлов.`, `Что он сделал: npx skillos runs ${run}`],
  fileExists: (path) => [`${path} уже есть. Ничего не сохранено.`, "Назовите другое имя в конце команды."],
  unwritable: (path) => [
    `${path} не записать.`,
    "Назовите имя в папке, которая есть и куда вам можно писать.",
  ],
  noPolicies: (path) => [
    `В ${path} политик нет.`,
    "Что действует без них: npx skillos policy list. Как написать свою: docs/policies.md.",
  ],
  noPlan: (path) => [`Плана ${path} нет.`, "Сначала составьте его: та же команда с --dry-run."],
  notAPlan: (path) => [
    `${path} — не план SkillOS.`,
    "Составьте его: та же команда с --dry-run --plan-path ФАЙЛ.",
  ],
  planEdited: (path, parts) => [
    `${path} изменён вручную${parts === "" ? "" : ` (${parts})`}: это уже не тот план, который показали. Ничего не сделано.`,
    "Составьте новый: та же команда с --dry-run. Отдельные строки убирают, когда вас спросят, или так: npx skillos approvals approve ЗАПУСК --without СТРОКИ.",
  ],
  otherPlan: (planned) => [`План составлен для другого запроса: ${planned}`, "Составьте новый с --dry-run."],
  notATable: (path) => [`${path} — не csv, не xlsx и не json.`, "Сначала сохраните его как один из них."],
  notGolden: (path) => [
    `${path} — не файл с образцами.`,
    "Нужен список JSON из {query, skill, lang, values}.",
  ],
  needsKeys: (name, keys, variables) => [
    `Для ${name} нужны: ${keys.join(", ")}.`,
    `Запустите это в терминале или задайте в окружении ${variables.join(", ")}.`,
  ],
  noConnector: (name, known) => [
    name === "" ? "Какой коннектор?" : `Коннектора ${name} нет.`,
    `Добавьте --connector, один из: ${known.join(", ")}`,
  ],
  shortSecret: (key, least) => [
    `${key}: в секрете не меньше ${least} знаков, иначе его нельзя скрыть в ответах служб.`,
    "Ничего не сохранено. Получите у службы более длинный.",
  ],
  unquotable: () => ["В этом ключе есть все виды кавычек.", "Задайте его в окружении."],
  noneOrPrice: () => [
    "--none убирает свою цену, --input и --output её задают.",
    "Укажите что-то одно. Ничего не изменено.",
  ],
  noModelPrice: () => [
    "Нужны обе цены.",
    "Например: npx skillos models price openai/my-model --input 1 --output 4 или --none.",
  ],
  noLimit: () => ["Лимит не назван.", "Например: npx skillos budgets set --per-request-usd 0.12"],
  notInPlan: (part, isMany) => [
    isMany ? `--without ${part}: так названо несколько строк.` : `--without ${part}: такой строки нет.`,
    isMany
      ? "Это имя одной строки и номер другой, или так названо несколько: назовите то, чего нет в других строках, как их показывает `npx skillos runs ЗАПУСК`. Ничего не решено."
      : "Назовите имена или номера строк, как их показывает `npx skillos runs ЗАПУСК`: --without 1021,1034. Ничего не решено.",
  ],
  nothingRemains: () => [
    "Делать было бы нечего. Ничего не решено.",
    "Отказать во всём: npx skillos approvals deny ЗАПУСК",
  ],
  noCount: () => [
    "Лимит не назван.",
    "Например: npx skillos limits set --requests 60 или --for user:anna@oysters.example --concurrent 2",
  ],
  allOrFor: () => ["--all — это всё: вместе с --for не бывает.", "Например: npx skillos pause --all"],
  notCredits: (text) => [`${text} — не сумма в кредитах.`, "Например: 12.5"],
  notDollars: (text) => [`${text} — не сумма в долларах.`, "Например: 0.12; тысяча — 1000."],
  badOnLow: (text) => [
    `--on-low ${text}: так поступить, когда денег осталось мало, нельзя.`,
    "Напишите --on-low degrade (модель подешевле) или --on-low refuse (отказывать).",
  ],
  when: () => ["Когда?", "Добавьте --run-at ВРЕМЯ или --cron ВЫРАЖЕНИЕ, что-то одно."],
  whichDelivery: () => ["Какой вебхук и какие данные?", "Добавьте --id ИМЯ --path ФАЙЛ."],
  webhookName: () => ["Вебхуку нужно имя.", "Добавьте --id ИМЯ."],
  webhookSecret: (webhook) => [
    "Укажите новый секрет: --secret. Ничего не изменено.",
    `npx skillos webhook set-secret ${webhook} --secret "$(openssl rand -hex 16)"`,
  ],
  noWebhook: (id, known) => [
    `Вебхука ${id} нет.`,
    known.length === 0
      ? `Создайте его: npx skillos webhook add область/имя --id ${id} --secret …`
      : `Есть: ${known.join(", ")} (npx skillos webhook list).`,
  ],
  unsigned: (id) => [
    `${id} принимает только подписанное, а подписи нет. Ничего не доставлено.`,
    'Добавьте --signature "t=…,v1=…": как её сделать, показано в README, «A signed webhook».',
  ],
  wrongSignature: (id) => [
    `Подпись не подходит: не тот секрет, что у ${id}, или не те байты. Ничего не доставлено.`,
    "Подпишите файл как он есть секретом, заданным в webhook add: README, «A signed webhook».",
  ],
  dropNeedsYes: (table, command) => [
    command === "drop"
      ? `Таблица ${table} была бы удалена со всеми строками, а спросить некого. Ничего не сделано.`
      : `Содержимое таблицы ${table} заменили бы учебные данные, а спросить некого. Ничего не сделано.`,
    `Если это и нужно: npx skillos data ${command} ${table} --yes`,
  ],
  noPractice: (table, meant, all) => [
    `Учебных данных для ${table} нет.`,
    `${near(meant)}Они есть для: ${all.join(", ")}`,
  ],
  noAnswer: (url) => [`${url} не отвечает`, "Он запущен? Что не так, скажет npx skillos doctor."],
  unexpected: (message) => [message, "Причину поищет npx skillos doctor."],
};
