// What a caller is told when the request itself cannot be accepted. Refusals of security stay vague: the log is exact.
import type { AtStep } from "../../kernel/domain/refusal.ts";
import { type BothLanguages, same, type Text } from "../../kernel/domain/text.ts";
import { toPlain } from "../../kernel/domain/text.ts";
import { formatBytes, formatWait } from "./amounts.ts";
import { toInputFix, toInputTitle } from "./input.ts";
import type { Rows } from "./row.ts";
import { toRussianAction, toRussianRole, toRussianPiece, toRussianRule, toRussianThing } from "./names-ru.ts";
import { NOTHING_DONE, NOTHING_SENT, toChanged, toDone } from "./row.ts";

const both = (text: Text): BothLanguages => ({ en: toPlain(text, "en"), ru: toPlain(text, "ru") });

function toTooDeep(levels: number, changed: BothLanguages): BothLanguages {
  return {
    en: `It is nested more than ${levels} levels deep, which cannot be kept.${changed.en}`,
    ru: `Вложенность глубже ${levels} уровней: такое нельзя сохранить.${changed.ru}`,
  };
}

function toUndoable({ skill, step }: AtStep): BothLanguages {
  return {
    en: `Step ${step} of ${skill} cannot be carried out`,
    ru: `Шаг ${step} навыка ${skill} не выполнить`,
  };
}

function toAsking(at: AtStep | undefined): BothLanguages {
  return at === undefined
    ? same("")
    : {
        en: `Step ${at.step} of ${at.skill} asks for it. `,
        ru: `Его называет шаг ${at.step} навыка ${at.skill}. `,
      };
}

/** A connector that a skill names is there, or it is a file. */
function toSkillMend(
  { skill, step }: AtStep,
  { id, suggestion }: { id: string; suggestion?: string | undefined },
): BothLanguages {
  return suggestion === undefined
    ? {
        en: `Make skills/connectors/${id}.yaml, or mend step ${step} in the file of ${skill}.`,
        ru: `Создайте skills/connectors/${id}.yaml или исправьте шаг ${step} в файле навыка ${skill}.`,
      }
    : {
        en: `Write \`connector: ${suggestion}\` in step ${step} of ${skill}, or make skills/connectors/${id}.yaml.`,
        ru: `Напишите \`connector: ${suggestion}\` в шаге ${step} навыка ${skill} или создайте skills/connectors/${id}.yaml.`,
      };
}

function toAsk(who: readonly string[], requestId: string | undefined): BothLanguages {
  return {
    en: `Ask ${who.length === 0 ? "an owner" : who.join(" or ")}${requestId === undefined ? "." : `; send this request id: ${requestId}.`}`,
    ru: `Попросите: ${who.length === 0 ? "владельца" : who.join(" или ")}${requestId === undefined ? "." : `; назовите ему номер запроса: ${requestId}.`}`,
  };
}

const NOT_LEFT_ALONE: BothLanguages = {
  en: "No service of this name is left alone: there is nothing to reset.",
  ru: "Сервис с таким именем вызывать можно: сбрасывать нечего.",
};

export const CALLER_ROWS: Rows<
  | "bad_request"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "input_invalid"
  | "too_large"
  | "gone"
  | "idempotency_mismatch"
  | "conflict"
  | "rate_limited"
  | "address_forbidden"
> = {
  bad_request: {
    status: 400,
    exitCode: 2,
    retryable: false,
    title: ({ field, at }) => {
      if (at !== undefined) return toUndoable(at);
      return field === undefined
        ? { en: "The request cannot be read", ru: "Запрос не разобрать" }
        : { en: `The request cannot be read: ${field}`, ru: `Запрос не разобрать: ${field}` };
    },
    detail: ({ message }) => both(message),
    fix: ({ mend, at }) => {
      if (mend !== undefined) return both(mend);
      return at === undefined
        ? {
            en: "Compare with /openapi.json and send it again.",
            ru: "Сравните с /openapi.json и отправьте снова.",
          }
        : {
            en: `Mend step ${at.step} in the file of ${at.skill}.`,
            ru: `Исправьте шаг ${at.step} в файле навыка ${at.skill}.`,
          };
    },
  },
  unauthenticated: {
    status: 401,
    exitCode: 5,
    retryable: false,
    title: () => ({ en: "Who are you?", ru: "Кто вы?" }),
    detail: ({ message }) =>
      message === undefined
        ? { en: "There is no valid key with this request.", ru: "В запросе нет действующего ключа." }
        : both(message),
    fix: () => ({
      en: "Send `Authorization: Bearer <key>`. On this computer the key stands in `.skillos/credentials.json`.",
      ru: "Отправьте `Authorization: Bearer <ключ>`. На этом компьютере ключ лежит в `.skillos/credentials.json`.",
    }),
  },
  forbidden: {
    status: 403,
    exitCode: 5,
    retryable: false,
    title: ({ action }) => ({ en: `You may not ${action}`, ru: `Вам нельзя ${toRussianAction(action)}` }),
    detail: ({ rule, role }, around) => ({
      en: `Policy "${rule}" stopped it; your role is ${role}.${toChanged(around).en}`,
      ru: `Остановило правило «${toRussianRule(rule)}»; ваша роль: ${toRussianRole(role)}.${toChanged(around).ru}`,
    }),
    fix: ({ who = [], mend }, { requestId }) => (mend === undefined ? toAsk(who, requestId) : both(mend)),
  },
  not_found: {
    status: 404,
    exitCode: 6,
    retryable: false,
    title: ({ what, id }) => ({
      en: `There is no ${what} ${id}`,
      ru: `Не найдено: ${toRussianThing(what)} ${id}`,
    }),
    detail: ({ what, suggestion, at }) => {
      const asks = toAsking(at);
      if (what === "breaker" && suggestion === undefined) return NOT_LEFT_ALONE;
      return suggestion === undefined
        ? {
            en: `${asks.en}Nothing with this name is here, or it is not yours.`,
            ru: `${asks.ru}Здесь такого имени нет, или это не ваше.`,
          }
        : { en: `${asks.en}Did you mean ${suggestion}?`, ru: `${asks.ru}Может быть, ${suggestion}?` };
    },
    fix: ({ what, id, suggestion, at }) => {
      if (at !== undefined) return toSkillMend(at, { id, suggestion });
      if (suggestion !== undefined) return { en: `Use ${suggestion}.`, ru: `Напишите ${suggestion}.` };
      if (what === "plan")
        return {
          en: "It was made elsewhere, or longer ago than runs are kept. Make it anew: the first request with `--dry-run`.",
          ru: "Он сделан не здесь или раньше, чем хранятся запуски. Составьте заново: первый запрос с `--dry-run`.",
        };
      if (what === "breaker")
        return {
          en: "`skillos breakers` lists what was called lately.",
          ru: "Что вызывали недавно, показывает `skillos breakers`.",
        };
      return what === "skill"
        ? {
            en: "Ask in your own words with `skillos run`, or make one: `skillos add-skill shop/my_skill`.",
            ru: "Спросите своими словами: `skillos run`, или создайте навык: `skillos add-skill shop/my_skill`.",
          }
        : {
            en: "Check the name and the key you use.",
            ru: "Проверьте имя и то, с каким ключом вы работаете.",
          };
    },
  },
  input_invalid: {
    status: 400,
    exitCode: 2,
    retryable: false,
    title: toInputTitle,
    detail: ({ message }) => both(message),
    fix: toInputFix,
  },
  too_large: {
    status: 413,
    exitCode: 2,
    retryable: false,
    title: ({ what, limitLevels }) =>
      limitLevels === undefined
        ? { en: `Too large: ${what}`, ru: `Слишком большой размер: ${toRussianPiece(what)}` }
        : { en: `Nested too deep: ${what}`, ru: `Слишком глубокая вложенность: ${toRussianPiece(what)}` },
    detail: ({ sizeBytes, limitBytes, limitLevels }, around) => {
      if (limitLevels !== undefined) return toTooDeep(limitLevels, toChanged(around));
      const most = formatBytes(limitBytes);
      if (sizeBytes === undefined)
        return { en: `At most ${most.en} are accepted.`, ru: `Принимается не больше ${most.ru}.` };
      const size = formatBytes(sizeBytes);
      const changed = toChanged(around);
      return {
        en: `It has ${size.en}; at most ${most.en} can be kept.${changed.en}`,
        ru: `Размер ${size.ru}; сохранить можно не больше ${most.ru}.${changed.ru}`,
      };
    },
    fix: ({ mend }) =>
      mend === undefined ? { en: "Send a smaller part.", ru: "Отправьте часть поменьше." } : both(mend),
  },
  gone: {
    status: 410,
    exitCode: 1,
    retryable: false,
    title: () => ({ en: "Too late", ru: "Слишком поздно" }),
    detail: ({ message }) => both(message),
    fix: ({ mend }) => both(mend),
  },
  idempotency_mismatch: {
    status: 422,
    exitCode: 8,
    retryable: false,
    title: () => ({ en: "This key was used for another request", ru: "Этот ключ уже был у другого запроса" }),
    detail: ({ key, run }) => ({
      en: `Idempotency-Key "${key}" came before${run === undefined ? "" : `, with run ${run}`}; the path, the role or the body was another. Nothing was done now.`,
      ru: `Idempotency-Key «${key}» уже приходил${run === undefined ? "" : `, с запуском ${run}`}; путь, роль или тело были другими. Сейчас ничего не сделано.`,
    }),
    fix: ({ run }) => ({
      en: `For ${run === undefined ? "another request" : "a new run"} take a new key. For the first answer send the very same request again${run === undefined ? "" : `, or look: \`skillos runs ${run}\``}.`,
      ru: `Для ${run === undefined ? "другого запроса" : "нового запуска"} возьмите новый ключ. Чтобы получить первый ответ, повторите тот же запрос${run === undefined ? "" : ` или посмотрите: \`skillos runs ${run}\``}.`,
    }),
  },
  conflict: {
    status: 409,
    exitCode: 8,
    retryable: false,
    title: () => ({ en: "Something else happened first", ru: "Что-то другое произошло раньше" }),
    detail: ({ message }) => both(message),
    fix: () => ({
      en: "Look at the present state, then decide again.",
      ru: "Посмотрите, как всё обстоит сейчас, и решите заново.",
    }),
  },
  rate_limited: {
    status: 429,
    exitCode: 9,
    retryable: true,
    title: () => ({ en: "Too many requests", ru: "Слишком много запросов" }),
    detail: ({ limit, windowMs }, around) => ({
      en: `${limit} are allowed in ${formatWait(windowMs).en}.${toDone(around, NOTHING_DONE).en}`,
      ru: `Разрешено ${limit} за ${formatWait(windowMs).ru}.${toDone(around, NOTHING_DONE).ru}`,
    }),
    fix: ({ retryAfterMs }) => ({
      en: `Try again in ${formatWait(retryAfterMs).en}.`,
      ru: `Повторите через ${formatWait(retryAfterMs).ru}.`,
    }),
  },
  address_forbidden: {
    status: 403,
    exitCode: 5,
    retryable: false,
    title: ({ host }) => ({ en: `${host} may not be called`, ru: `К ${host} обращаться нельзя` }),
    detail: (_refusal, around) => ({
      en: `Private and unknown addresses are refused, so that a skill cannot reach into your network.${toDone(around, NOTHING_SENT).en}`,
      ru: `Частные и неизвестные адреса закрыты, чтобы навык не добрался до вашей сети.${toDone(around, NOTHING_SENT).ru}`,
    }),
    fix: () => ({
      en: "Use the address of the connector. On this computer `SKILLOS_PRIVATE_HOSTS=host:port` names exceptions.",
      ru: "Возьмите адрес из коннектора. На этом компьютере исключения называет `SKILLOS_PRIVATE_HOSTS=узел:порт`.",
    }),
  },
};
