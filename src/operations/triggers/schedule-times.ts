// When a schedule runs: a moment or a cron expression, in a zone. A moment that has passed is refused: run at once, silently,
// is not what anybody meant by a date.
import type { Refusal } from "../../kernel/domain/refusal.ts";
import type { BothLanguages } from "../../kernel/domain/text.ts";
import { toZonedMinute } from "../../kernel/domain/zone.ts";
import type { Cron } from "../../kernel/ports/cron.ts";
import type { Schedule } from "../../kernel/ports/schedules.ts";

export interface AskedTimes {
  readonly runAt: string | undefined;
  readonly cron: string | undefined;
  readonly timeZone: string;
  readonly now: number;
}

type Times = Pick<Schedule, "runAt" | "cron" | "nextAt">;
type Parsed = Times | { readonly refusal: Refusal };

/** "Now", said by a clock that is a little slow, is no past. */
const SLACK_MS = 60_000;

export function parseTimes(calendar: Cron, asked: AskedTimes): Parsed {
  const { runAt, cron, timeZone } = asked;
  if (!calendar.isZone(timeZone))
    return refuse("timezone", {
      message: { en: `There is no time zone "${timeZone}".`, ru: `Часового пояса «${timeZone}» нет.` },
      mend: { en: "Write one such as Europe/Moscow.", ru: "Напишите, например, Europe/Moscow." },
    });
  if (runAt !== undefined && cron === undefined) return parseMoment(calendar, runAt, asked);
  if (cron !== undefined && runAt === undefined) return parseCron(calendar, cron.trim(), asked);
  return refuse("run_at", {
    message: { en: "A schedule has either run_at or cron.", ru: "У расписания либо run_at, либо cron." },
    mend: {
      en: 'Send "run_at": "2026-12-01T08:00:00+03:00" or "cron": "0 8 * * 1-5".',
      ru: 'Отправьте "run_at": "2026-12-01T08:00:00+03:00" или "cron": "0 8 * * 1-5".',
    },
  });
}

function refuse(
  field: string,
  { message, mend }: { message: BothLanguages; mend: BothLanguages },
): { refusal: Refusal } {
  return { refusal: { reason: "bad_request", message, mend, field } };
}

function parseMoment(calendar: Cron, runAt: string, { timeZone, now }: AskedTimes): Parsed {
  const at = calendar.parseMoment(runAt, timeZone);
  if (at === null)
    return refuse("run_at", {
      message: { en: `"${runAt}" is not a moment.`, ru: `«${runAt}» — не момент времени.` },
      mend: {
        en: "Write ISO-8601, such as 2026-12-01T08:00:00+03:00.",
        ru: "Пишите по ISO-8601, например 2026-12-01T08:00:00+03:00.",
      },
    });
  if (at >= now - SLACK_MS) return { runAt: at, cron: null, nextAt: at };
  const [understood, present] = [toZonedMinute(at, timeZone), toZonedMinute(now, timeZone)];
  return refuse("run_at", {
    message: {
      en: `"${runAt}" has passed: understood as ${understood} (${timeZone}), and it is ${present} there. Nothing was scheduled.`,
      ru: `«${runAt}» уже прошло: понято как ${understood} (${timeZone}), а там сейчас ${present}. Ничего не запланировано.`,
    },
    mend: {
      en: "Write a later time, with its offset (…+03:00) if the zone is another; to run it now: `skillos run-skill`.",
      ru: "Напишите время позже, со сдвигом (…+03:00), если пояс другой; запустить сейчас: `skillos run-skill`.",
    },
  });
}

function parseCron(calendar: Cron, expression: string, { timeZone, now }: AskedTimes): Parsed {
  const mistake = calendar.findMistake(expression, timeZone)?.replace(/\.$/, "") ?? null;
  if (mistake !== null)
    return refuse("cron", {
      message: {
        en: `"${expression}" is no cron expression: ${mistake}.`,
        // The reason is the library's, and English.
        ru: `«${expression}» — не выражение cron.`,
      },
      mend: {
        en: 'Five fields: minute, hour, day, month, weekday. "0 8 * * 1-5" is 08:00 on weekdays.',
        ru: "Пять полей: минута, час, день, месяц, день недели. «0 8 * * 1-5» — 08:00 по будням.",
      },
    });
  const nextAt = calendar.next(expression, timeZone, now);
  if (nextAt === null)
    return refuse("cron", {
      message: { en: `"${expression}" never comes.`, ru: `«${expression}» никогда не наступит.` },
      mend: { en: "Look at its day and month.", ru: "Проверьте день и месяц." },
    });
  return { runAt: null, cron: expression, nextAt };
}
