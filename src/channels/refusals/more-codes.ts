// Codes that are no refusals: answers that need the person, and our own mistakes. They have documentation pages as well.
import type { BothLanguages } from "../../kernel/domain/text.ts";

export interface OtherCode {
  readonly status: number | null;
  readonly exitCode: number;
  readonly title: BothLanguages;
  readonly means: BothLanguages;
  readonly why: BothLanguages;
  readonly detail: BothLanguages;
  readonly fix: BothLanguages;
}

export const OTHER_CODES: Readonly<
  Record<"internal" | "no_skill_found" | "outcome_unknown" | "port_in_use", OtherCode>
> = {
  internal: {
    status: 500,
    exitCode: 1,
    title: { en: "Something broke inside SkillOS", ru: "Внутри SkillOS что-то сломалось" },
    means: { en: "A mistake in SkillOS itself.", ru: "Ошибка в самом SkillOS." },
    why: {
      en: "Outside it is told without details; the log has them under the request id.",
      ru: "Снаружи без подробностей; они в журнале под номером запроса.",
    },
    detail: {
      en: "This is our mistake, not yours. What happened is in the log under this request id.",
      ru: "Это наша ошибка, не ваша. Что произошло, записано в журнале под номером запроса.",
    },
    fix: {
      en: "Try again; if it happens again, report it with the request id.",
      ru: "Повторите; если случится снова, сообщите нам номер запроса.",
    },
  },
  no_skill_found: {
    status: 200,
    exitCode: 6,
    title: { en: "I have no skill for this", ru: "Для этого у меня нет навыка" },
    means: {
      en: "No skill fits the words well enough to act on them.",
      ru: "Ни один навык не подходит к словам настолько, чтобы действовать.",
    },
    why: {
      en: "A wrong guess costs more than a question. It is an answer, not an error: `status` is `no_skill_found`.",
      ru: "Неверная догадка дороже вопроса. Это ответ, а не ошибка: `status` равен `no_skill_found`.",
    },
    detail: {
      en: "Best guess: travel/search_hotels, 31 % sure; too little to act on. Nothing ran.",
      ru: "Лучшая догадка: travel/search_hotels, уверенность 31 %; этого мало, чтобы действовать. Ничего не запускалось.",
    },
    fix: {
      en: "Say it differently, choose with `skillos run-skill travel/search_hotels`, or make one: `skillos add-skill shop/my_skill`.",
      ru: "Скажите иначе, выберите сами: `skillos run-skill travel/search_hotels`, или создайте навык: `skillos add-skill shop/my_skill`.",
    },
  },
  outcome_unknown: {
    status: 202,
    exitCode: 7,
    title: { en: "Did this go out?", ru: "Это дошло?" },
    means: {
      en: "Something was sent and the connection broke before the answer.",
      ru: "Что-то отправлено, и связь оборвалась до ответа.",
    },
    why: {
      en: "Sending it again blindly could do it twice. The run waits (`waiting_for` is `outcome`) until somebody says what happened.",
      ru: "Слепой повтор мог бы сделать это дважды. Запуск ждёт (`waiting_for` равно `outcome`), пока кто-то не скажет, что произошло.",
    },
    detail: {
      en: "We sent quote 1041 to volna@example.com and lost the connection before the answer. It will not be sent twice without you.",
      ru: "Мы отправили КП 1041 на volna@example.com, и связь оборвалась до ответа. Без вас второй раз не отправим.",
    },
    fix: {
      en: "Check the Sent folder, then: `skillos runs resolve r-c8d2 --happened yes` (or `no`).",
      ru: "Проверьте папку «Отправленные», потом: `skillos runs resolve r-c8d2 --happened yes` (или `no`).",
    },
  },
  port_in_use: {
    status: null,
    exitCode: 2,
    title: { en: "Port 8787 is busy", ru: "Порт 8787 занят" },
    means: {
      en: "Another program listens on the port. Told at the terminal only.",
      ru: "Порт слушает другая программа. Только в терминале.",
    },
    why: {
      en: "Two servers on one state directory would lose data.",
      ru: "Два сервера над одними данными теряли бы их.",
    },
    detail: {
      en: "Another program uses it; if it is SkillOS, it is already running.",
      ru: "Его использует другая программа; если это SkillOS, то он уже работает.",
    },
    fix: {
      en: "Open http://localhost:8787, or `PORT=8788 npm start`.",
      ru: "Откройте http://localhost:8787 или запустите `PORT=8788 npm start`.",
    },
  },
};
