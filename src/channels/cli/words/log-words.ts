// The API's own words as lists and logs show them. One word, both languages; what is not here is shown as it is. `--json` never is.
import type { BothLanguages, Locale } from "../../../kernel/domain/text.ts";

const kept = (en: string, ru: string): BothLanguages => ({ en, ru });

const WORDS = {
  // What a step or an effect came to
  skipped: kept("skipped", "пропущен"),
  done: kept("done", "сделано"),
  sent: kept("sent", "отправлено"),
  doubtful: kept("doubtful", "неизвестно"),
  ok: kept("ok", "хорошо"),
  allowed: kept("allowed", "разрешено"),
  blocked: kept("blocked", "остановлено"),
  denied: kept("denied", "запрещено"),
  approval_required: kept("needs a yes", "нужно согласие"),
  // What policies say
  allow: kept("allowed", "можно"),
  deny: kept("denied", "нельзя"),
  ask: kept("needs a yes", "нужно согласие"),
  depends: kept("depends on how many things change", "зависит от того, сколько изменится"),
  yes: kept("yes", "да"),
  no: kept("no", "нет"),
  open: kept("not counted yet", "ещё не посчитано"),
  failed: kept("cannot be told, so the safe way", "не узнать, поэтому строже"),
  // Effects and where data is from
  read: kept("read", "чтение"),
  write: kept("write", "запись"),
  delete: kept("delete", "удаление"),
  live: kept("live", "настоящие"),
  practice: kept("practice", "учебные"),
  model: kept("model", "модель"),
  file: kept("file", "файл"),
  // Why somebody was refused
  forbidden: kept("forbidden", "не разрешено"),
  budget_exceeded: kept("budget_exceeded", "дороже лимита"),
  rate_limited: kept("rate_limited", "слишком часто"),
  address_forbidden: kept("address_forbidden", "адрес закрыт"),
  price_unknown: kept("price_unknown", "цена неизвестна"),
  approval_denied: kept("approval_denied", "ответили «нет»"),
  plan_drift: kept("plan_drift", "план изменился"),
  // Where a run came from
  cli: kept("cli", "терминал"),
  http: kept("http", "http"),
  page: kept("page", "страница"),
  schedule: kept("schedule", "расписание"),
  webhook: kept("webhook", "вебхук"),
  test: kept("test", "тест"),
  "its own": kept("its own", "свой"),
  // What a routing came to
  match: kept("match", "подходит"),
  choose: kept("choose", "нужен выбор"),
  no_skill_found: kept("no skill found", "навык не найден"),
  // Telemetry
  request_received: kept("request_received", "запрос получен"),
  routing_candidates: kept("routing_candidates", "навыки сравнены"),
  routing_decision: kept("routing_decision", "навык выбран"),
  budget_check: kept("budget_check", "лимиты проверены"),
  policy_decision: kept("policy_decision", "права проверены"),
  integration_call: kept("integration_call", "обращение"),
  execution_result: kept("execution_result", "итог"),
  feedback_received: kept("feedback_received", "отзыв получен"),
  webhook_received: kept("webhook_received", "вебхук сработал"),
  idempotency_skipped: kept("idempotency_skipped", "повтор пропущен"),
  schedule_started: kept("schedule_started", "начато по часам"),
  schedule_finished: kept("schedule_finished", "сделано по часам"),
  job_queued: kept("job_queued", "задание в очереди"),
  job_retried: kept("job_retried", "задание повторено"),
  job_finished: kept("job_finished", "задание сделано"),
  step: kept("step", "шаг"),
  end: kept("end", "конец"),
  "given by the caller": kept("given by the caller", "назван в запросе"),
  "default policy": kept("default policy", "обычные правила"),
  // Their facts
  skill_id: kept("skill", "навык"),
  status: kept("status", "состояние"),
  result: kept("result", "решение"),
  reason: kept("reason", "почему"),
  connector: kept("connector", "коннектор"),
  target: kept("target", "цель"),
  effect: kept("effect", "действие"),
  error_class: kept("error", "ошибка"),
  estimated_cost_usd: kept("estimated cost usd", "оценка, $"),
  cost_usd: kept("cost usd", "стоимость, $"),
  latency_ms: kept("latency ms", "мс"),
  confidence: kept("confidence", "уверен"),
  expected_skill_id: kept("expected skill", "имелся в виду"),
  attempt: kept("attempt", "попытка"),
} satisfies Readonly<Record<string, BothLanguages>>;

export function toLogWord(word: string, locale: Locale): string {
  const known: Readonly<Record<string, BothLanguages>> = WORDS;
  return Object.hasOwn(known, word) ? (known[word]?.[locale] ?? word) : word;
}
