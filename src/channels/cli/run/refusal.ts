// A refusal on the screen. One for money gets what the server cannot know: what else was spent, and commands that would pass.
import { type Json, toJsonList, toText } from "../json.ts";
import { type Shell, toView } from "../shell.ts";
import { toBudgetLines } from "../show/budget.ts";
import { toProblemLines } from "../show/problem.ts";
import type { Wish } from "./wish.ts";

export interface Refused {
  readonly problem: Json;
  readonly exitCode: number;
  readonly wish: Wish;
}

export async function loadRefusalLines(
  { problem, exitCode, wish }: Refused,
  shell: Shell,
): Promise<readonly string[]> {
  const view = toView(shell, problem);
  if (problem["code"] !== "budget_exceeded") return toProblemLines(problem, exitCode, view);
  const [budgets, models] = await Promise.all([shell.call("GET /budgets"), shell.call("GET /models")]);
  const facts = {
    problem,
    budgets: budgets.body,
    command: wish.command,
    pages: wish.pages,
    isPractice: isPractice(models.body),
  };
  return (
    toBudgetLines(facts, exitCode, toView(shell, budgets.body)) ?? toProblemLines(problem, exitCode, view)
  );
}

/** Only mock models can be called: their prices are for practice. */
function isPractice(body: Json): boolean {
  const usable = toJsonList(body["models"]).filter((model) => model["ready"] === true);
  return usable.length > 0 && usable.every((model) => toText(model["id"]).startsWith("mock/"));
}
