// Lists and logs for a Russian reader: the API's words are Russian, names and numbers stay.
import { describe, expect, it } from "vitest";
import { toEventLine } from "./event.ts";
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
});
