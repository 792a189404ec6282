// Documentation pages of the refusals in caller.ts: what each means, why it exists, an example.
import type { CALLER_ROWS } from "./caller.ts";
import type { Pages } from "./row.ts";

export const CALLER_PAGES: Pages<keyof typeof CALLER_ROWS> = {
  bad_request: {
    means: {
      en: "The body, a parameter or a header is not what this operation accepts.",
      ru: "Тело, параметр или заголовок не такие, как принимает эта операция.",
    },
    why: {
      en: "Nothing is guessed: a half-understood request could do the wrong thing.",
      ru: "Ничего не угадывается: наполовину понятый запрос мог бы сделать не то.",
    },
    example: {
      reason: "bad_request",
      message: { en: "There is neither a request nor a skill.", ru: "Нет ни запроса, ни навыка." },
      mend: { en: 'Send "query" or "skill".', ru: "Отправьте «query» или «skill»." },
      field: "query",
    },
  },
  unauthenticated: {
    means: {
      en: "The request carries no key, or one that is unknown, expired or revoked.",
      ru: "В запросе нет ключа, или ключ неизвестен, просрочен либо отозван.",
    },
    why: {
      en: "Which of these it is stays in the log: outside it would help whoever guesses keys.",
      ru: "Что именно, записано в журнале: снаружи это помогло бы тому, кто подбирает ключи.",
    },
    example: { reason: "unauthenticated" },
  },
  forbidden: {
    means: {
      en: "Your key is valid, but a policy does not let its role do this.",
      ru: "Ключ действует, но правило не разрешает это его роли.",
    },
    why: {
      en: "Policies are checked before anything is sent, and again before each write; the rule is named so that somebody can change it: `skillos policy explain`.",
      ru: "Правила проверяются до любой отправки и снова перед каждым изменением; правило названо, чтобы его можно было изменить: `skillos policy explain`.",
    },
    example: {
      reason: "forbidden",
      action: "delete quotes",
      rule: "no rule allows to delete",
      role: "manager",
    },
  },
  not_found: {
    means: {
      en: "There is nothing of this name that you may see.",
      ru: "Ничего с таким именем, что вам можно видеть, нет.",
    },
    why: {
      en: "What belongs to another tenant looks exactly like what does not exist.",
      ru: "Чужое выглядит точно так же, как несуществующее.",
    },
    example: {
      reason: "not_found",
      what: "skill",
      id: "oysters/calculate_margins",
      suggestion: "oysters/calculate_margin",
    },
  },
  input_invalid: {
    means: {
      en: "A value does not fit the skill's input: its type, range or choices.",
      ru: "Значение не подходит навыку: по типу, границам или списку.",
    },
    why: {
      en: "Values are checked before the plan is made, so nothing has happened yet.",
      ru: "Значения проверяются до плана, поэтому ещё ничего не произошло.",
    },
    example: {
      reason: "input_invalid",
      field: "kg",
      message: { en: "kg must be above 0.", ru: "kg должно быть больше 0." },
    },
  },
  rate_limited: {
    means: {
      en: "More requests came in a window of time than are allowed.",
      ru: "За промежуток времени пришло больше запросов, чем разрешено.",
    },
    why: {
      en: "The `Retry-After` header and `retry_after_ms` say when the next one is accepted.",
      ru: "Заголовок `Retry-After` и `retry_after_ms` говорят, когда примут следующий.",
    },
    example: { reason: "rate_limited", limit: 60, windowMs: 60_000, retryAfterMs: 5_400 },
  },
  idempotency_mismatch: {
    means: {
      en: "The same `Idempotency-Key` came with a different body.",
      ru: "Тот же `Idempotency-Key` пришёл с другим телом.",
    },
    why: {
      en: "A key stands for one request and its one answer, for 24 hours.",
      ru: "Ключ означает один запрос и один его ответ, 24 часа.",
    },
    example: { reason: "idempotency_mismatch", key: "order-1041", run: "r-7k2m9x" },
  },
  conflict: {
    means: {
      en: "The thing is not in the state this needs any more.",
      ru: "Объект уже не в том состоянии, которое для этого нужно.",
    },
    why: {
      en: "Of two decisions at the same time exactly one wins; the other is told so.",
      ru: "Из двух одновременных решений действует ровно одно; второму об этом говорят.",
    },
    example: {
      reason: "conflict",
      message: {
        en: "This run is not waiting for a decision any more.",
        ru: "Этот запуск больше не ждёт решения.",
      },
    },
  },
  too_large: {
    means: {
      en: "A body, file or answer is larger than its limit.",
      ru: "Тело, файл или ответ больше своего предела.",
    },
    why: {
      en: "Everything has a limit, so that one request cannot take the memory of all.",
      ru: "У всего есть предел, чтобы один запрос не занял память всех.",
    },
    example: {
      reason: "too_large",
      what: "step page",
      sizeBytes: 6_291_456,
      limitBytes: 1_572_864,
      mend: {
        en: "Ask for less: a narrower request, fewer fields, or one page after another.",
        ru: "Запросите меньше: уже запрос, меньше полей или страницу за страницей.",
      },
    },
  },
  gone: {
    means: {
      en: "It was valid once, and its time has passed: a question that waited for an answer, the link to one, a delivery's signature.",
      ru: "Раньше действовало, но время вышло: у вопроса, который ждал ответа, у ссылки на него, у подписи доставки.",
    },
    why: {
      en: "What was shown to a person is true for a while only, and what is good for ever can be used by others for ever.",
      ru: "Показанное человеку верно лишь какое-то время, а вечным рано или поздно воспользуется кто-то другой.",
    },
    example: {
      reason: "gone",
      message: { en: "This question has expired.", ru: "Срок этого вопроса вышел." },
      mend: { en: "Ask for the run again.", ru: "Запустите ещё раз." },
    },
  },
  address_forbidden: {
    means: {
      en: "The address is private, or not the one the connector is for.",
      ru: "Адрес частный или не тот, для которого создан коннектор.",
    },
    why: {
      en: "Otherwise a link in a text could make SkillOS read your router, or carry a key to a stranger.",
      ru: "Иначе ссылка в тексте могла бы заставить SkillOS читать ваш роутер или отнести ключ чужому.",
    },
    example: { reason: "address_forbidden", host: "192.168.0.1" },
  },
};
