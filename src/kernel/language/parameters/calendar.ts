// Days as whole numbers since 1970-01-01: dates without a clock and without zones. The only zone question is "which day is it there".

export type Day = number;

export interface CivilDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** Howard Hinnant, https://howardhinnant.github.io/date_algorithms.html#days_from_civil */
export function toDay({ year, month, day }: CivilDate): Day {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function toCivil(day: Day): CivilDate {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const part = Math.floor((5 * dayOfYear + 2) / 153);
  const month = part < 10 ? part + 3 : part - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * part + 2) / 5) + 1,
  };
}

/** Undefined for 31 February and years no business request means. */
export function parseCivil(year: number, month: number, day: number): Day | undefined {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return undefined;
  const result = toDay({ year, month, day });
  return toCivil(result).day === day ? result : undefined;
}

export function toIsoDate(day: Day): string {
  const { year, month, day: date } = toCivil(day);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

/** 0 is Monday, as weeks are counted in Russia and by ISO 8601. */
export function toWeekday(day: Day): number {
  return (((day + 3) % 7) + 7) % 7;
}

export function toMonthStart(day: Day, months = 0): Day {
  const { year, month } = toCivil(day);
  const index = year * 12 + (month - 1) + months;
  return toDay({ year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1, day: 1 });
}

/** The same date months later, or the last day of a shorter month. */
export function addMonths(day: Day, months: number): Day {
  const start = toMonthStart(day, months);
  return Math.min(start + toCivil(day).day - 1, toMonthStart(start, 1) - 1);
}

// Making a formatter costs as much as all other rules together; what it answers depends on its arguments alone.
const formats = new Map<string, Intl.DateTimeFormat>();

function toFormat(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  formats.set(timeZone, made);
  return made;
}

export function parseToday(now: number, timeZone: string): Day {
  const [year = 1970, month = 1, day = 1] = toFormat(timeZone).format(now).split("-").map(Number);
  return toDay({ year, month, day });
}
