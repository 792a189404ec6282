// What the guide says, in the two languages.

const en = {
  start: "SkillOS, a tour of one minute: offline, with a state folder of its own that goes when it ends.",
  end: "That was all. Your own: npm start",
  failed: (where: string, why: string): string => `✗ The tour stopped at "${where}": ${why}`,
  headings: {
    route: "Route: which skill is meant",
    plan: "Plan: a trial run that changes nothing",
    refused: "Refused: what would cost too much does not start",
    approved: "Approved: exactly what was agreed to",
    killed: "Killed in the middle: the power goes out",
    finished: "Finished once: started again, nothing lost, nothing twice",
    explained: "Explained: what happened, and what it cost",
  },
  query: "delete draft quotes older than this year",
  question: "what does this tender require",
  someone: (query: string): string => `Someone writes: ${query}`,
  understood: (title: string, skill: string, percent: string): string =>
    `Understood: "${title}" (${skill}), ${percent} % sure`,
  value: (name: string, value: string, words: string): string => `${name} = ${value}   from "${words}"`,
  wouldDelete: (count: number): string => `If you go ahead, this deletes ${count} quotes:`,
  risk: (risk: string, by: string, hash: string): string =>
    `Risk ${risk} of 20 · needs a yes from: ${by} · plan ${hash}`,
  withFile: (query: string): string => `${query}   (with samples/tender.txt, 240 pages)`,
  leftOut: (label: string): string => `The owner says yes, but leaves one out: ${label}`,
  planAgain: (hash: string): string =>
    `Another list, hence another plan: ${hash}. It is this one that is approved.`,
  run: (id: string): string => `run ${id}`,
  booking: "A skill with three writes to another system; it runs in the background.",
  accepted: (id: string): string =>
    `Accepted as run ${id}; its first write has arrived, its second is on the way …`,
  struck: (count: number): string =>
    `SIGKILL to every process of the server. ${count} of 3 writes had arrived.`,
  back: (ms: number): string =>
    `The server is back after ${(ms / 1000).toFixed(1)} s; nobody sent the request again.`,
  write: (step: string, times: number, keys: number): string =>
    `write ${step}: arrived ${times} ${times === 1 ? "time" : "times"}, under ${keys} ${keys === 1 ? "key" : "keys"}: done once`,
  once: (done: number): string => `finished once: ${done} of 3 writes, each done exactly once`,
  step: (id: string, status: string): string => `step ${id.padEnd(6)} ${status}`,
  effect: (key: string, state: string): string => `effect ${key}   ${state}`,
  cost: (usd: string, ms: string): string =>
    `cost $${usd} · ${ms} ms from the request to the end, the power cut included`,
};

const STATES: Readonly<Record<string, string>> = { succeeded: "выполнен", done: "сделано" };

const ru: typeof en = {
  start: "SkillOS за одну минуту: без сети, в своей папке состояния, которая потом исчезнет.",
  end: "Вот и всё. Ваш собственный: npm start",
  failed: (where, why) => `✗ Показ остановился на «${where}»: ${why}`,
  headings: {
    route: "Выбор: какой навык имеется в виду",
    plan: "План: проба, которая ничего не меняет",
    refused: "Отказ: слишком дорогое не начинается",
    approved: "Согласие: ровно то, на что согласились",
    killed: "Убит посередине: выключилось питание",
    finished: "Закончено один раз: запущен снова, ничего не потеряно и не повторено",
    explained: "Объяснено: что произошло и сколько стоило",
  },
  query: "удали черновики КП старше этого года",
  question: "что требуется в этой закупке",
  someone: (query) => `Кто-то пишет: ${query}`,
  understood: (title, skill, percent) => `Понял так: «${title}» (${skill}), уверен на ${percent} %`,
  value: (name, value, words) => `${name} = ${value}   из слов «${words}»`,
  wouldDelete: (count) => `Если продолжить, будет удалено КП: ${count}`,
  risk: (risk, by, hash) => `Риск ${risk} из 20 · согласие даёт: ${by} · план ${hash}`,
  withFile: (query) => `${query}   (с файлом samples/tender.txt, 240 страниц)`,
  leftOut: (label) => `Владелец согласен, но одно КП оставляет: ${label}`,
  planAgain: (hash) => `Другой список, значит другой план: ${hash}. Согласие даётся на него.`,
  run: (id) => `запуск ${id}`,
  booking: "Навык с тремя записями в другую систему; выполняется в фоне.",
  accepted: (id) => `Принято как запуск ${id}; первая запись дошла, вторая в пути …`,
  struck: (count) => `SIGKILL всем процессам сервера. Дошло записей: ${count} из 3.`,
  back: (ms) =>
    `Сервер снова работает через ${(ms / 1000).toFixed(1).replace(".", ",")} с; запрос никто не повторял.`,
  write: (step, times, keys) => `запись ${step}: приходила раз: ${times}, ключей: ${keys}: сделана один раз`,
  once: (done) => `закончено один раз: записей ${done} из 3, каждая сделана ровно один раз`,
  step: (id, status) => `шаг ${id.padEnd(6)} ${STATES[status] ?? status}`,
  effect: (key, state) => `действие ${key}   ${STATES[state] ?? state}`,
  cost: (usd, ms) => `стоимость $${usd} · ${ms} мс от запроса до конца, вместе с выключением`,
};

export type Words = typeof en;
export const WORDS = { en, ru };
