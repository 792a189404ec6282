// Lists and logs for a Russian reader: the API's words are Russian, names and numbers stay.
import { describe, expect, it } from "vitest";
import { TelemetryEvent } from "../../../kernel/domain/event.ts";
import { FACTS, LEFT_OUT, toEventLine } from "./event.ts";
import { toStepLines } from "./steps.ts";
import { aView } from "./view-builder.ts";

const RUN = {
  steps: [
    { path: "old", kind: "sql", status: "succeeded", durationMs: 3, attempts: 1, costMicroUsd: 0 },
    { path: "remove", kind: "sql", status: "skipped", durationMs: 1, attempts: 1, costMicroUsd: 0 },
  ],
  effects: [
    {
      class: "delete",
      via: "sql",
      target: "quotes",
      state: "done",
      origin: "practice",
      durationMs: 2,
      key: "k",
    },
  ],
};

describe("a run step by step", () => {
  it("is Russian but for the names of a skill's file", () => {
    const shown = toStepLines(RUN, "trace", aView("ru")).join("\n");
    for (const word of ["готово", "пропущен", "удаление", "сделано", "учебные"])
      expect(shown).toContain(word);
    expect(shown).not.toMatch(/succeeded|skipped|delete\b|\bdone\b|practice/);
  });

  it("stays as it was in English", () => {
    expect(toStepLines(RUN, "trace", aView("en")).join("\n")).toMatch(/delete +sql +quotes +done +practice/);
  });
});

describe("an event", () => {
  const event = {
    event: "execution_result",
    timestamp: "2026-11-21T07:00:00Z",
    skill_id: "oysters/calculate_margin",
    status: "succeeded",
    latency_ms: 12,
  };

  it.each([
    ["ru", "10:00  итог                  навык oysters/calculate_margin · состояние готово · мс 12"],
    ["en", "10:00  execution_result      skill oysters/calculate_margin · status done · latency ms 12"],
  ] as const)("is told in %s", (locale, line) => {
    expect(toEventLine(event, aView(locale))).toBe(line);
  });

  it.each([
    [
      "ru",
      "10:00  лимит на исходе       чей skill:a/b · за день · процентов 80 · потрачено, $ 0.8 · лимит, $ 1",
    ],
    [
      "en",
      "10:00  budget_warning        for skill:a/b · of the day · percent 80 · spent usd 0.8 · limit usd 1",
    ],
  ] as const)("of money says whose, of what and how much, in %s", (locale, line) => {
    const facts = { payer: "skill:a/b", period: "day", percent: 80, spent_usd: 0.8, limit_usd: 1 };
    const warning = { event: "budget_warning", timestamp: event.timestamp, ...facts };
    expect(toEventLine(warning, aView(locale))).toBe(line);
  });

  it("of a service names it and until when it is left alone; of a seal, its row", () => {
    const opened = { host: "a.example", reason: "failures", until: "2026-11-21T07:00:30Z" };
    expect(
      toEventLine({ event: "breaker_opened", timestamp: event.timestamp, ...opened }, aView("ru")),
    ).toMatch(/служба a\.example.*до 21\.11\.2026, 10:00/);
    const broken = { column: "runs.record", row: "run_0_a", why: "altered" };
    expect(
      toEventLine({ event: "seal_broken", timestamp: event.timestamp, ...broken }, aView("en")),
    ).toContain("column runs.record · row run_0_a · why altered");
  });

  it("shows every field of every event, but for a few that are named", () => {
    const fields = TelemetryEvent.options.flatMap(({ shape }) => Object.keys(shape));
    const known = new Set([...FACTS, ...LEFT_OUT]);
    expect([...new Set(fields)].filter((field) => !known.has(field))).toEqual([]);
  });
});
