// Tries an expression on the values of a run. Nothing is recorded and nothing leaves.
import { z } from "zod";
import { toEndedScope } from "../../kernel/execution/run-facts.ts";
import {
  compileExpression,
  evaluateExpression,
  ExpressionError,
  isExpression,
} from "../../kernel/language/expression.ts";
import { findRun } from "./run-get.ts";
import { defineOperation } from "../operation.ts";

const MEND = {
  en: "Change the expression; docs/skills.md says how they are written.",
  ru: "Измените выражение; как их пишут, сказано в docs/skills.md.",
};

export const evalExpression = defineOperation({
  name: "eval",
  summary: "Tries an expression, with the values of a run where one is named.",
  permission: "read",
  http: "POST /eval",
  input: z.strictObject({ expression: z.string().min(1).max(10_000), run_id: z.string().optional() }),
  async run(platform, call) {
    const { expression, run_id } = call.input;
    const text = /^\s*\$\{\{([\s\S]*)\}\}\s*$/.exec(expression)?.[1] ?? expression;
    const compiled = compileExpression(text);
    if (!isExpression(compiled)) {
      const { message: wrong, column } = compiled;
      const message = { en: `${wrong.en} (column ${column})`, ru: `${wrong.ru} (место ${column})` };
      return { refusal: { reason: "bad_request", message, mend: MEND, field: "expression" } };
    }
    const run = run_id === undefined ? null : await findRun(platform, call.principal, run_id);
    if (run_id !== undefined && run === null)
      return { refusal: { reason: "not_found", what: "run", id: run_id } };
    try {
      return { body: { value: evaluateExpression(text, run === null ? {} : toEndedScope(run)) ?? null } };
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      const message = error.text;
      return { refusal: { reason: "bad_request", message, mend: MEND, field: "expression" } };
    }
  },
});
