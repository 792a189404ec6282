import { describe, expect, it } from "vitest";
import { toWaitingLines } from "../run/finish.ts";
import { aView } from "./view-builder.ts";
import { toExitCodeOf } from "../exit-code.ts";
import { toNoSkillLines, toProblemLines } from "./problem.ts";

describe("a write whose answer was lost", () => {
  const body = {
    status: "waiting",
    waiting_for: "outcome",
    short_id: "r-c8d2aa",
    outcome: { step: "send", class: "write", target: "mail.example/send" },
  };

  it("is asked about, and how to say what happened", () => {
    expect(toWaitingLines(body, aView("en"))).toEqual([
      "? Did this go out?",
      "  We sent it to mail.example/send and lost the connection before the answer. It will not be sent twice without you.",
      "  Look at mail.example/send whether it arrived, then: `npx skillos runs resolve r-c8d2aa --happened yes` (or `no`).",
      "  outcome_unknown · docs/errors/outcome_unknown.md · exit code 7",
    ]);
    expect(toWaitingLines(body, aView("ru"))).toEqual([
      "? Это дошло?",
      "  Мы отправили это на mail.example/send, и связь оборвалась до ответа. Без вас второй раз не отправим.",
      "  Проверьте на mail.example/send, дошло ли, потом: `npx skillos runs resolve r-c8d2aa --happened yes` (или `no`).",
      "  outcome_unknown · docs/errors/outcome_unknown.md · код выхода 7",
    ]);
  });
});

describe("a refusal", () => {
  it("says what happened, why, what to do, and where more stands", () => {
    const problem = {
      code: "forbidden",
      title: "You may not delete quotes",
      detail: "Policy.\nRole.",
      fix: "Ask an owner, or `skillos secrets init`.",
      request_id: "q_01kzzzzzzzzzzzzzzzzzzz9qx4aa",
    };
    expect(toProblemLines(problem, 5, aView("en"))).toEqual([
      "✗ You may not delete quotes",
      "  Policy.",
      "  Role.",
      "  Ask an owner, or `npx skillos secrets init`.",
      "  forbidden · request q-9qx4aa · docs/errors/forbidden.md · exit code 5",
    ]);
  });

  it("names the best guess when no skill was found", () => {
    const body = {
      status: "no_skill_found",
      alternatives: [{ skill: "travel/search_hotels", confidence: 0.31 }],
      request_id: "q_x",
    };
    expect(toNoSkillLines(body, aView("en")).slice(0, 3)).toEqual([
      "✗ I have no skill for this",
      "  Best guess: travel/search_hotels, 31 % sure; too little to act on. Nothing ran.",
      "  Say it differently, choose with `npx skillos run-skill travel/search_hotels`, or make one: `npx skillos add-skill shop/my_skill`.",
    ]);
  });

  it("shows what one can ask where no skill is near", () => {
    const body = {
      status: "no_skill_found",
      alternatives: [{ skill: "travel/search_hotels", confidence: 0.001 }],
      examples: ["покажи прайс на устрицы"],
      request_id: "q_x",
    };
    expect(toNoSkillLines(body, aView("ru")).slice(0, 6)).toEqual([
      "✗ У меня нет такого навыка",
      "  Ничего похожего я не умею. Ничего не запускалось.",
      "  Можно спросить, например:",
      '    npx skillos run "покажи прайс на устрицы"',
      "  Всё, что можно спросить: `npx skillos skills`",
      "  Свой навык: `npx skillos add-skill shop/my_skill` (область/имя, строчными латинскими буквами)",
    ]);
    expect(toNoSkillLines(body, aView("en")).join("\n")).not.toContain("hotels");
  });
});

describe("words that ask of SkillOS itself", () => {
  const guess = [{ skill: "finance/track_expenses", confidence: 0.4 }];

  it("show what can be asked, and no mistake", () => {
    const body = {
      about: "help",
      hint: "I do what my skills do.",
      examples: ["show prices"],
      alternatives: guess,
    };
    expect(toNoSkillLines(body, aView("en")).slice(0, 3)).toEqual([
      "– I do what my skills do.",
      "  What one can ask, for example:",
      '    npx skillos run "show prices"',
    ]);
  });

  it("say where the past is seen, and name no skill that would do something anew", () => {
    const body = { about: "past", hint: "It cannot be undone: `skillos runs`.", alternatives: guess };
    expect(toNoSkillLines(body, aView("en"))).toEqual([
      "✗ I have no skill for this",
      "  It cannot be undone: `npx skillos runs`.",
      "  no_skill_found · docs/errors/no_skill_found.md · exit code 6",
    ]);
  });
});

describe("exit codes", () => {
  it.each([
    [200, { status: "succeeded" }, 0],
    [200, { status: "planned" }, 0],
    [202, { status: "queued" }, 0],
    [200, { status: "failed", problem: { code: "step_failed" } }, 1],
    [200, { status: "failed", problem: { code: "plan_drift" } }, 8],
    [400, { code: "bad_request" }, 2],
    [200, { status: "needs_input" }, 3],
    [200, { status: "needs_choice" }, 3],
    [402, { code: "budget_exceeded" }, 4],
    [403, { code: "forbidden" }, 5],
    [401, { code: "unauthenticated" }, 5],
    [200, { status: "no_skill_found" }, 6],
    [404, { code: "not_found" }, 6],
    [404, {}, 6],
    [202, { status: "waiting", waiting_for: "approval" }, 7],
    [409, { code: "plan_drift" }, 8],
    [429, { code: "rate_limited" }, 9],
    [503, { code: "unavailable" }, 9],
  ])("%i %j is %i", (status, body, code) => {
    expect(toExitCodeOf(status, body)).toBe(code);
  });
});
