// What the launcher says, in the two languages. English where the system's language is neither.
import { dirname } from "node:path";

/** @param {NodeJS.ProcessEnv} environment @returns {"ru" | "en"} */
export function languageOf(environment) {
  const named = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || "";
  return named.toLowerCase().startsWith("ru") ? "ru" : "en";
}

/** @param {number} ms */
const seconds = (ms) => (ms < 9_950 ? (ms / 1000).toFixed(1) : String(Math.round(ms / 1000)));

/** `5 партий`, `2 партии`, `1 партия`. @param {number} count @param {[string, string, string]} forms */
function russianCount(count, [one, few, many]) {
  const [tens, units] = [count % 100, count % 10];
  if (tens > 10 && tens < 20) return `${count} ${many}`;
  if (units === 1) return `${count} ${one}`;
  return `${count} ${units > 1 && units < 5 ? few : many}`;
}

/** Practice tables that have a better name than their own. @type {Record<string, [string, string, string]>} */
const RUSSIAN_ROWS = {
  batches: ["партия устриц", "партии устриц", "партий устриц"],
  quotes: ["КП", "КП", "КП"],
};
/** @type {Record<string, string>} */
const ENGLISH_ROWS = { batches: "oyster batches" };

const en = {
  query: "what do I earn on 40 kg of oysters at 1900 per kg",
  title: (/** @type {string} */ version) => `SkillOS ${version} · on this computer · no account needed`,
  firstStart: (/** @type {number} */ ms) => `(first start ${Math.round(ms / 1000)} s, later about 1 s)`,
  laterStart: (/** @type {number} */ ms) => `(ready in ${seconds(ms)} s)`,
  installed: "✓ installed",
  database: "✓ database ready",
  skills: (/** @type {number} */ count) => `✓ ${count} ${count === 1 ? "skill" : "skills"}`,
  practice: (/** @type {string[]} */ tables) => `✓ practice data: ${tables.join(", ")}`,
  rows: (/** @type {string} */ table, /** @type {number} */ rows) =>
    `${rows} ${ENGLISH_ROWS[table] ?? table}`,
  moreTables: (/** @type {number} */ count) => `${count} more tables`,
  trying: (/** @type {string} */ query) => `Trying one request: ${query}`,
  sure: (/** @type {number} */ percent) => `${percent} % sure`,
  changedNothing: "changed nothing",
  noModel: "no AI model used",
  cost: "cost",
  ms: "ms",
  sampleFailed: (/** @type {string} */ why) => `  It did not work: ${why}`,
  browser: "Browser ",
  terminal: "Terminal (second window, this folder)",
  model: "AI model",
  practiceModel:
    "practice: canned answers, practice prices, nothing is charged. A real one: npx skillos models",
  limits: "Limits  ",
  perRequest: (/** @type {string} */ usd) => `${usd} a request`,
  perDay: (/** @type {string} */ usd) => `${usd} a day`,
  perMonth: (/** @type {string} */ usd) => `${usd} a month`,
  stop: "Stop with Ctrl+C; nothing is lost.",
  alreadyRuns: (/** @type {string} */ url, /** @type {number} */ pid) =>
    `SkillOS already runs at ${url} (process ${pid}).`,
  shortSecrets: (/** @type {string[]} */ names) =>
    `✗ ${names.join(", ")}: shorter than 6 characters, so it could not be hidden in answers; it is sent nowhere. Put a longer one into skills/secrets/.env`,
  endedOrphan: "Ended a server that an earlier start had left behind.",
  reloaded: (/** @type {string} */ path) => `✓ ${path} serves as saved`,
  removed: (/** @type {string} */ path) => `✓ ${path} is gone`,
  notInstalled: {
    what: "installation",
    found: "node_modules is missing or older than package-lock.json",
    mend: "npm start installs what is missing. Then ask again: npx skillos doctor",
  },
  badPort: (/** @type {string} */ text) => [
    `✗ PORT=${text} is no port`,
    "  A port is a whole number up to 65535. Nothing was started.",
    "  `PORT=8788 npm start`, or without PORT for 8787. It may also stand in .env.",
  ],
  noMasterKey: (/** @type {string} */ where) => [
    `✗ ${where} holds what is no master key`,
    "  It is 32 bytes in base64, as `openssl rand -base64 32` makes them. Nothing was started or changed.",
    "  Put the right one there; where it stands in .env, there.",
  ],
  lockedVault: (/** @type {import("./master-key.mjs").VaultLook} */ look) => [
    "✗ The master key at hand does not open what is kept here",
    `  It is sealed under master key ${look.needed}, and ${
      look.source === "none"
        ? `there is none: neither SKILLOS_MASTER_KEY nor ${look.file}`
        : `${look.source === "variable" ? "SKILLOS_MASTER_KEY" : look.file} holds ${look.mark}`
    }. Nothing was started or changed.`,
    ...(look.fileMark === look.needed
      ? [
          `  ${look.file} opens it, and is not asked while SKILLOS_MASTER_KEY is set. To go on with it: start without that variable (it may stand in .env).`,
          `  To replace it by the new one: SKILLOS_MASTER_KEYS_OLD="$(cat ${look.file})" npm start, then npx skillos vault rotate (docs/encryption.md).`,
        ]
      : [
          `  Give the key that has this mark: in SKILLOS_MASTER_KEY, where it stood when it was replaced, or back into ${look.file} (docs/encryption.md).`,
          `  If it is lost, nobody can read what was kept: move ${dirname(look.file)} away, and npm start begins anew.`,
        ]),
  ],
  portInUse: (/** @type {number} */ port) => [
    `Port ${port} is busy`,
    "  Another program uses it; if it is SkillOS, it is already running.",
    `  Open http://localhost:${port}, or \`PORT=${port + 1} npm start\`.`,
  ],
};

/** @type {typeof en} */
const ru = {
  query: "сколько я заработаю на 40 кг устриц по 1900 за кг",
  title: (version) => `SkillOS ${version} · на этом компьютере · учётная запись не нужна`,
  firstStart: (ms) => `(первый запуск ${Math.round(ms / 1000)} с, дальше около 1 с)`,
  laterStart: (ms) => `(готово за ${seconds(ms).replace(".", ",")} с)`,
  installed: "✓ установлено",
  database: "✓ база готова",
  skills: (count) => `✓ ${russianCount(count, ["навык", "навыка", "навыков"])}`,
  practice: (tables) => `✓ учебные данные: ${tables.join(", ")}`,
  rows: (table, rows) =>
    RUSSIAN_ROWS[table] ? russianCount(rows, RUSSIAN_ROWS[table]) : `${table}: ${rows}`,
  moreTables: (count) => `ещё ${russianCount(count, ["таблица", "таблицы", "таблиц"])}`,
  trying: (query) => `Пробуем один запрос: ${query}`,
  sure: (percent) => `уверен на ${percent} %`,
  changedNothing: "ничего не изменено",
  noModel: "модель не нужна",
  cost: "стоимость",
  ms: "мс",
  sampleFailed: (why) => `  Не получилось: ${why}`,
  browser: "Браузер ",
  terminal: "Терминал (второе окно, эта папка)",
  model: "Модель  ",
  practiceModel:
    "учебная: заготовленные ответы, учебные цены, ничего не списывается. Настоящая: npx skillos models",
  limits: "Лимиты  ",
  perRequest: (usd) => `${usd} на запрос`,
  perDay: (usd) => `${usd} в день`,
  perMonth: (usd) => `${usd} в месяц`,
  stop: "Остановить: Ctrl+C; ничего не пропадёт.",
  alreadyRuns: (url, pid) => `SkillOS уже работает: ${url} (процесс ${pid}).`,
  shortSecrets: (names) =>
    `✗ ${names.join(", ")}: короче 6 знаков, такой секрет нельзя скрыть в ответах, поэтому он никуда не отправляется. Впишите более длинный в skills/secrets/.env`,
  endedOrphan: "Завершён сервер, оставшийся от прошлого запуска.",
  reloaded: (path) => `✓ ${path} работает, как сохранён`,
  removed: (path) => `✓ ${path} убран`,
  notInstalled: {
    what: "установка",
    found: "нет node_modules, или он старше package-lock.json",
    mend: "npm start установит недостающее. Потом спросите ещё раз: npx skillos doctor",
  },
  badPort: (text) => [
    `✗ PORT=${text} — не порт`,
    "  Порт — целое число не больше 65535. Ничего не запущено.",
    "  `PORT=8788 npm start` или без PORT, тогда 8787. PORT может стоять и в .env.",
  ],
  noMasterKey: (where) => [
    `✗ ${where}: это не главный ключ`,
    "  Нужны 32 байта в base64, как их создаёт `openssl rand -base64 32`. Ничего не запущено и не изменено.",
    "  Впишите туда правильный ключ; если он стоит в .env — там.",
  ],
  lockedVault: (look) => [
    "✗ Главный ключ, который есть, не открывает сохранённое здесь",
    `  Оно зашифровано под главным ключом ${look.needed}, а ${
      look.source === "none"
        ? `ключа нет: ни SKILLOS_MASTER_KEY, ни ${look.file}`
        : `${look.source === "variable" ? "в SKILLOS_MASTER_KEY" : `в ${look.file}`} стоит ${look.mark}`
    }. Ничего не запущено и не изменено.`,
    ...(look.fileMark === look.needed
      ? [
          `  ${look.file} его открывает, но не читается, пока задан SKILLOS_MASTER_KEY. Продолжить с ним: запустите без этой переменной (она может стоять в .env).`,
          `  Заменить его новым: SKILLOS_MASTER_KEYS_OLD="$(cat ${look.file})" npm start, затем npx skillos vault rotate (docs/encryption.md).`,
        ]
      : [
          `  Дайте ключ с этой меткой: в SKILLOS_MASTER_KEY, где он стоял при замене, или верните его в ${look.file} (docs/encryption.md).`,
          `  Если он потерян, сохранённое не прочтёт никто: уберите ${dirname(look.file)}, и npm start начнёт заново.`,
        ]),
  ],
  portInUse: (port) => [
    `Порт ${port} занят`,
    "  Его использует другая программа; если это SkillOS, то он уже работает.",
    `  Откройте http://localhost:${port} или запустите \`PORT=${port + 1} npm start\`.`,
  ],
};

/** @typedef {typeof en} Words */
export const WORDS = { en, ru };
