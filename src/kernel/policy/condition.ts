// A rule's `when`: compiled once, told for one set of facts. What cannot be told is an answer of its own, never a guess.
import {
  compileExpression,
  type Expression,
  ExpressionError,
  isExpression,
  parseExpression,
} from "../language/expression.ts";
import { invariant } from "../domain/refusal.ts";
import type { BothLanguages } from "../domain/text.ts";
import { findConditionMistake } from "./check-condition.ts";
import type { ConditionMistake } from "./condition-mistake.ts";
import type { Facts } from "./policy.ts";

/** `uncounted`: it depends on how many things would change, and nobody has counted them yet. */
export type Told =
  | { readonly told: "yes" | "no" | "uncounted" }
  | { readonly told: "failed"; readonly why: BothLanguages };

export type Condition = (facts: Facts) => Told;

const YES: Told = { told: "yes" };
const NO: Told = { told: "no" };
const OPEN: Told = { told: "uncounted" };

/** Forms that answer where a value is missing: without the count they would answer as if it were none. */
const FORGIVING = /\bcoalesce\b|\bhas\b|\.\?|\[\?|\borValue\b|\bhasValue\b/;

/** Null: it can be compiled and told. */
export function findMistake(when: string): ConditionMistake | null {
  const compiled = compileExpression(when);
  if (isExpression(compiled)) return findConditionMistake(parseExpression(when));
  const mend = {
    en: 'Write a condition, for example: action == "delete" && risk >= 5',
    ru: 'Напишите условие, например: action == "delete" && risk >= 5',
  };
  return { rule: "wrong_expression", message: compiled.message, mend, column: compiled.column };
}

/** `when` was checked when its file was read. */
export function compileCondition(when: string): Condition {
  const compiled = compileExpression(when);
  invariant(isExpression(compiled), `the condition ${when} of a stored policy compiles`);
  const counts = compiled.references.some(
    ({ root, member }) => root === "amounts" && (member ?? "entities") === "entities",
  );
  const isForgiving = FORGIVING.test(when);
  return (facts) => {
    const isUncounted = counts && facts.amounts.entities === null && !facts.isFinal;
    const told = tell(compiled, toScope(facts));
    if (!isUncounted || told.told === "yes") return told;
    return told.told === "failed" || isForgiving ? OPEN : told;
  };
}

function tell(compiled: Expression, scope: Readonly<Record<string, unknown>>): Told {
  try {
    const value = compiled.evaluate(scope);
    if (value === true) return YES;
    if (value === false) return NO;
    const why = {
      en: `${compiled.text} is neither true nor false.`,
      ru: `${compiled.text}: не да и не нет.`,
    };
    return { told: "failed", why };
  } catch (error) {
    if (error instanceof ExpressionError) return { told: "failed", why: error.text };
    throw error;
  }
}

/** The last one: all rules of a decision look at the same facts. */
let last: { readonly facts: Facts; readonly scope: Readonly<Record<string, unknown>> } | null = null;

/** What is not known is not there: a condition that asks for it fails, and fails the safe way. */
function toScope(facts: Facts): Readonly<Record<string, unknown>> {
  if (last?.facts === facts) return last.scope;
  const { isFinal: _, input, amounts, ...known } = facts;
  const { entities, ...costs } = amounts;
  const scope = {
    ...known,
    amounts: entities === null ? costs : amounts,
    ...(input === null ? {} : { input }),
  };
  last = { facts, scope };
  return scope;
}
