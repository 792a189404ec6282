import { describe, expect, it } from "vitest";
import type { Reason } from "../kernel/domain/refusal.ts";
import { toExitCode } from "./exit-codes.ts";
import { describeInternal, describeRefusal, REFUSALS } from "./refusals.ts";
import { OTHER_CODES } from "./refusals/more-codes.ts";
import { REFUSAL_PAGES } from "./refusals/pages.ts";
import { DAY_BUDGET_EXAMPLE } from "./refusals/work-pages.ts";

const REASONS = Object.values(REFUSAL_PAGES).map((page) => page.example);

describe("every refusal", () => {
  it.each(REASONS.map((example) => [example.reason, example] as const))(
    "%s says what, why and the fix, in both languages",
    (reason, example) => {
      for (const locale of ["en", "ru"] as const) {
        const problem = describeRefusal(example, locale, { requestId: "q-9qx4" });
        expect(problem).toMatchObject({
          type: `/docs/errors/${reason}`,
          code: reason,
          request_id: "q-9qx4",
          status: REFUSALS[reason].status,
        });
        for (const text of [problem.title, problem.detail, problem.fix]) {
          expect(text.trim()).toBe(text);
          expect(text).not.toBe("");
          expect(text).not.toMatch(/undefined|NaN|\[object|null/);
        }
        expect(problem.title).not.toMatch(/\.$/);
        if (locale === "ru") expect(`${problem.title} ${problem.fix}`).toMatch(/[а-яё]/i);
      }
    },
  );

  it("has a status of HTTP and an exit code of the documented ten", () => {
    for (const row of Object.values(REFUSALS)) {
      expect(row.status).toBeGreaterThanOrEqual(400);
      expect(row.exitCode).toBeGreaterThan(0);
      expect(row.exitCode).toBeLessThan(10);
    }
  });

  it("carries its facts as plain JSON members that never replace those of RFC 9457", () => {
    const rate = describeRefusal(REFUSAL_PAGES.rate_limited.example, "en", { requestId: "q-1" });
    expect(rate).toMatchObject({
      limit: 60,
      window_ms: 60_000,
      retry_after_ms: 5_400,
      status: 429,
      retryable: true,
    });
    const step = describeRefusal(REFUSAL_PAGES.step_failed.example, "en", { requestId: "q-1" });
    expect(step).toMatchObject({ step: "sums", retryable: false, status: 500 });
    expect(step).not.toHaveProperty("message");
    expect(JSON.parse(JSON.stringify(step))).toEqual(step);
  });
});

describe("status by reason", () => {
  const expected: Partial<Record<Reason, number>> = {
    bad_request: 400,
    input_invalid: 400,
    unauthenticated: 401,
    budget_exceeded: 402,
    forbidden: 403,
    address_forbidden: 403,
    approval_denied: 403,
    not_found: 404,
    plan_drift: 409,
    conflict: 409,
    in_progress: 409,
    shown_once: 409,
    gone: 410,
    too_large: 413,
    idempotency_mismatch: 422,
    rate_limited: 429,
    unavailable: 503,
  };
  it.each(REASONS.filter(({ reason }) => reason in expected))("$reason", (example) => {
    expect(describeRefusal(example, "en", { requestId: "" }).status).toBe(expected[example.reason]);
  });
});

describe("an input that the skill does not have", () => {
  const told = (inputs: readonly string[], locale: "en" | "ru") => {
    const message = { en: "The skill has no such input.", ru: "Такого значения у навыка нет." };
    const { title, fix } = describeRefusal(
      { reason: "input_invalid", field: "kilos", message, inputs },
      locale,
      {},
    );
    return { title, fix };
  };

  it("is mended with those that it has", () => {
    expect(told(["kg", "price"], "en")).toEqual({
      title: "There is no input kilos",
      fix: "Write `--set kg=…`. The skill takes: kg, price.",
    });
    expect(told(["kg", "price"], "ru")).toEqual({
      title: "Такого значения нет: kilos",
      fix: "Напишите `--set kg=…`. Навык берёт: kg, price.",
    });
    expect(told([], "en").fix).toBe("This skill takes no values: leave it out.");
  });
});

describe("the wording that people are promised", () => {
  const told = (reason: Reason, locale: "en" | "ru" = "en", around = {}): string => {
    const { title, detail, fix } = describeRefusal(REFUSAL_PAGES[reason].example, locale, {
      requestId: "q-9qx4",
      ...around,
    });
    return [title, detail, fix].join("\n");
  };

  it("budget_exceeded: what it could cost, what is allowed, what is left, how to raise it", () => {
    expect(told("budget_exceeded")).toBe(
      [
        "Stopped before spending anything",
        "Could cost $0.12, or $0.06 with the cheaper model; $0.05 is allowed per request. $0.50 left today.",
        "Make it smaller, or `skillos budgets set --per-request-usd 0.12`.",
      ].join("\n"),
    );
    expect(told("budget_exceeded", "ru")).toContain("На сегодня осталось $0.50.");
  });

  it("approval_denied: who said no, by the name of his user, whatever it is", () => {
    const denied = { reason: "approval_denied", by: "owner" } as const;
    expect(describeRefusal(denied, "ru", { changes: 0 }).detail).toBe(
      "Ответ «нет» дал: owner. Ничего не изменено.",
    );
  });

  it.each([
    ["api.shop.example answered 404", "api.shop.example: ответ 404."],
    ["no practice answer for GET cbr.ru/x", "учебного ответа нет для GET cbr.ru/x."],
    ["no such column: kgg", "no such column: kgg."],
  ])("step_failed with %s is Russian as far as the words are ours", (message, ru) => {
    const failed = { reason: "step_failed", step: "s", message, retryable: false } as const;
    expect(describeRefusal(failed, "ru", {}).detail).toBe(ru);
  });

  it("too_large of what is nested too deep: the step, the limit, the mend", () => {
    const deep = {
      reason: "too_large",
      what: "step s5",
      limitBytes: 1_572_864,
      limitLevels: 200,
      mend: { en: "Keep it flatter.", ru: "Сделайте её площе." },
    } as const;
    expect(describeRefusal(deep, "en", { requestId: "q-1", changes: 0 })).toMatchObject({
      title: "Nested too deep: step s5",
      detail: "It is nested more than 200 levels deep, which cannot be kept. Nothing was changed.",
      fix: "Keep it flatter.",
      status: 413,
    });
    expect(describeRefusal(deep, "ru", { requestId: "q-1" })).toMatchObject({
      title: "Слишком глубокая вложенность: шаг s5",
      fix: "Сделайте её площе.",
    });
  });

  it.each([
    [
      "no connection: is the name right, and the network there?",
      "нет соединения: верно ли имя и есть ли сеть?",
    ],
    ["no answer within 0.2 s", "нет ответа за 0.2 с"],
    ["HTTP 503", "HTTP 503"],
  ])("says in Russian what it says itself of a source: %s", (last, ru) => {
    const { detail } = describeRefusal({ ...REFUSAL_PAGES.source_unreachable.example, last }, "ru", {});
    expect(detail).toContain(`«${ru}»`);
  });

  it("budget_exceeded of a day: when it starts again, in the tenant's zone or by its offset", () => {
    const of = (around: object): string => describeRefusal(DAY_BUDGET_EXAMPLE, "en", around).detail;
    expect(of({ timeZone: "Europe/Moscow" })).toContain("The day starts again at 00:00 Moscow time.");
    expect(of({ timeZone: "Asia/Yekaterinburg" })).toContain("02:00 Asia/Yekaterinburg");
    expect(of({})).toContain("00:00 UTC+3");
    const problem = describeRefusal(DAY_BUDGET_EXAMPLE, "ru", { timeZone: "Europe/Moscow" });
    expect(problem.detail).toContain("в 00:00 по Москве");
    // The new limit holds what is spent already: 0.48 + 0.12.
    expect(problem.fix).toContain("--daily-usd 0.60");
    expect(problem).toMatchObject({
      needed_usd: 0.12,
      needed_micro_usd: 120_000,
      resets_at: "2026-11-21T21:00:00.000Z",
      scope: "day",
    });
  });

  it("claims that nothing was spent only when that is known", () => {
    expect(told("budget_exceeded", "en", { spentMicroUsd: 30_000 })).toMatch(
      /^Stopped at \$0\.03, before spending more\n/,
    );
  });

  it("never rounds a price down nor a remainder up", () => {
    const { detail, fix } = describeRefusal(
      {
        ...DAY_BUDGET_EXAMPLE,
        scope: "request",
        neededMicroUsd: 50_001,
        remainingMicroUsd: 99_999,
        limitMicroUsd: 50_000,
      },
      "en",
      { requestId: "" },
    );
    expect(detail).toBe("Could cost $0.0501; $0.05 is allowed per request. $0.0999 left today.");
    expect(fix).toContain("--per-request-usd 0.0501");
  });

  it("forbidden: which policy, which role, whom to ask", () => {
    expect(told("forbidden")).toBe(
      'You may not delete quotes\nPolicy "no rule allows to delete" stopped it; your role is manager.\nAsk an owner; send this request id: q-9qx4.',
    );
    expect(told("forbidden", "ru")).toContain("Вам нельзя удалять quotes");
    expect(told("forbidden", "ru")).toContain("правило «ни одно правило не разрешает удалять»");
  });

  it("skill_invalid: file, line, column, mend, and who still answers", () => {
    expect(told("skill_invalid")).toBe(
      [
        "oysters/margin.yaml has a mistake on line 7",
        '7:5: the expression contains ": " and is not in quotes.',
        "Version 1.1 still answers.",
        'Write `"${{ a ? b : c }}"`. It reloads when you save.',
      ].join("\n"),
    );
    expect(describeRefusal(REFUSAL_PAGES.skill_invalid.example, "ru", { requestId: "" })).toMatchObject({
      serving: "1.1",
      mistakes: [
        {
          file: "oysters/margin.yaml",
          line: 7,
          column: 5,
          rule: "quoted-expression",
          fix: 'Напишите `"${{ a ? b : c }}"`.',
        },
      ],
    });
  });

  it("secret_missing, source_unreachable, plan_drift, no_data", () => {
    expect(told("secret_missing", "en", { skill: "travel/search_flights" })).toBe(
      "Aviasales has no key yet\ntravel/search_flights needs AVIASALES_TOKEN (where to get it: free, about 5 minutes). Nothing was sent.\n`skillos secrets init --connector aviasales`, or `--practice` for practice data. Saved already? A running server sees it after its next start.",
    );
    expect(told("source_unreachable", "en", { changes: 0 })).toContain(
      'cbr.ru did not answer\nTried 3 times in 6 s; the last said "connection timed out". Nothing was changed.\nTry again, or use what was saved on 20 Nov: `--allow-stale`.',
    );
    expect(told("source_unreachable")).not.toContain("changed");
    expect(told("source_unreachable", "ru", { changes: 0, timeZone: "Europe/Moscow" })).toBe(
      "cbr.ru не отвечает\nПопыток: 3 за 6 с; последняя закончилась так: «connection timed out». Ничего не изменено.\nПовторите или возьмите сохранённое 20 ноября: `--allow-stale`.",
    );
    expect(told("plan_drift")).toContain(
      "Ask for it again (the first request, with `--dry-run`): it shows the new list. Say yes to that one.",
    );
    expect(told("no_data")).toBe(
      "There is nothing in batches to work with\nThe table batches is empty, so there is no purchase price.\nAsk for something else, or bring your own data: `skillos data import batches FILE.xlsx`.",
    );
    expect(told("no_data", "ru")).toBe(
      "В таблице batches не с чем работать\nТаблица batches пуста, поэтому нет закупочной цены.\nИзмените запрос или загрузите свои данные: `skillos data import batches ФАЙЛ.xlsx`.",
    );
  });
});

describe("our own mistakes", () => {
  it("show an id and nothing else", () => {
    expect(describeInternal("en", "q-1")).toEqual({
      type: "/docs/errors/internal",
      code: "internal",
      status: 500,
      retryable: true,
      request_id: "q-1",
      title: OTHER_CODES.internal.title.en,
      detail: OTHER_CODES.internal.detail.en,
      fix: OTHER_CODES.internal.fix.en,
    });
  });
});

describe("exit codes", () => {
  it.each([
    ["budget_exceeded", 4],
    ["forbidden", 5],
    ["unauthenticated", 5],
    ["not_found", 6],
    ["no_skill_found", 6],
    ["plan_drift", 8],
    ["conflict", 8],
    ["in_progress", 8],
    ["shown_once", 8],
    ["rate_limited", 9],
    ["unavailable", 9],
    ["port_in_use", 2],
    ["bad_request", 2],
    ["step_failed", 1],
    ["outcome_unknown", 7],
    ["internal", 1],
    ["never heard of", 1],
  ])("%s: %i", (code, exitCode) => expect(toExitCode(code)).toBe(exitCode));
});
