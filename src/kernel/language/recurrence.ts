// "Каждый день в 9 утра", "every Monday at 9": that a request is to be repeated, and when, as cron. What it asks for is the rest.
export interface Recurrence {
  readonly cron: string;
  /** The request without the words that say how often. */
  readonly rest: string;
}

const WEEKDAYS: readonly string[] = [
  "воскресен|sunday",
  "понедельник|monday",
  "вторник|tuesday",
  "сред|wednesday",
  "четверг|thursday",
  "пятниц|friday",
  "суббот|saturday",
];

/** What a word after `every` means: days of the month and of the week, and the hour where none is said. */
const RHYTHMS: readonly (readonly [word: RegExp, days: string, hour: number | "*"])[] = [
  [/^(?:будн|рабоч|weekday|workday)/, "* * 1-5", 9],
  [/^(?:утр|morning)/, "* * *", 9],
  [/^(?:вечер|evening)/, "* * *", 18],
  [/^(?:час|hour)/, "* * *", "*"],
  [/^(?:недел|week)/, "* * 1", 9],
  [/^(?:месяц|month)/, "1 * *", 9],
  [/^(?:день|дня|day)/, "* * *", 9],
  ...WEEKDAYS.map((word, day) => [new RegExp(`^(?:${word})`), `* * ${day}`, 9] as const),
];

const NAMES_RU =
  "будний день|рабочий день|день|утро|вечер|час|неделю|месяц|понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье";
const PLURALS_RU =
  "будням|утрам|вечерам|понедельникам|вторникам|средам|четвергам|пятницам|субботам|воскресеньям";
const NAMES_EN =
  "weekday|workday|day|morning|evening|hour|week|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday";
const PLURALS_EN = "weekdays|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays";

const TIME = String.raw`(?:в|at)\s+(?<hour>\d{1,2})(?:[:.](?<minute>\d\d))?(?:\s*час\p{L}*)?(?:\s*(?<half>утра|дня|вечера|ночи|[ap]\.?m\.?))?(?![\p{L}\p{N}])`;
const OFTEN = `кажд(?:ый|ую|ое)\\s+(?<ru>${NAMES_RU})|по\\s+(?<rus>${PLURALS_RU})|(?<daily>ежедневно)|(?:every|each)\\s+(?<en>${NAMES_EN})|on\\s+(?<ens>${PLURALS_EN})`;
const START = String.raw`(?<![\p{L}\p{N}])`;
const END = String.raw`(?![\p{L}\p{N}])`;

/** The time of day before or after, with or without a comma. */
const FORMS: readonly RegExp[] = [
  new RegExp(`${START}(?:${OFTEN})${END},?\\s+${TIME}`, "iu"),
  new RegExp(`${START}${TIME},?\\s+(?:${OFTEN})${END}`, "iu"),
  new RegExp(`${START}(?:${OFTEN})${END}`, "iu"),
];

export function findRecurrence(text: string): Recurrence | null {
  for (const form of FORMS) {
    const found = form.exec(text);
    const cron = found && toCron(found.groups ?? {});
    if (!cron) continue;
    const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
    return { cron, rest: rest.replace(/\s+/g, " ").replace(/^[\s,:]+|[\s,]+$/g, "") };
  }
  return null;
}

function toCron(said: Readonly<Record<string, string | undefined>>): string | null {
  const word =
    ["ru", "rus", "en", "ens"].map((group) => said[group]).find((name) => name !== undefined) ?? "day";
  const rhythm = RHYTHMS.find(([name]) => name.test(word.toLowerCase()));
  if (rhythm === undefined) return null;
  const [, days, usual] = rhythm;
  const { hour, minute: text = "0" } = said;
  const minute = Number(text);
  if (hour === undefined || usual === "*") return `0 ${usual} ${days}`;
  const at = toHour(Number(hour), said["half"]?.toLowerCase() ?? "");
  return at > 23 || minute > 59 ? null : `${minute} ${at} ${days}`;
}

function toHour(hour: number, half: string): number {
  if (/^(?:дня|вечера|p)/.test(half)) return hour < 12 ? hour + 12 : hour;
  return /^(?:ночи|a)/.test(half) && hour === 12 ? 0 : hour;
}
