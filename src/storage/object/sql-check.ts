// Whether a statement may run, asked of SQLite before it does: what it reaches, and how many rows it would look at.
import { isReachingOut } from "./sql-reach.ts";
import { findTooMuchWork, type PlanNode, type Statement, toPlan } from "./sql-work.ts";

/** What only depends on the text and the tables that there are. */
interface Looked {
  readonly isReachingOut: boolean;
  readonly plan: readonly PlanNode[];
}

/** Skills have some hundreds; longer ones are looked at each time. */
const MOST_KNOWN = 500;
const LONGEST_KNOWN = 5_000;

export class StatementCheck {
  readonly #sql: SqlStorage;
  /** By text: a look costs four times what a small select does. */
  readonly #known = new Map<string, Looked>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Null: it may run. Otherwise what is wrong with it. */
  findWrong(statement: Statement): string | null {
    const looked = this.#known.get(statement.text) ?? this.#look(statement);
    if (looked.isReachingOut) return "it reads or changes what is no table of yours";
    return findTooMuchWork(this.#sql, statement, looked.plan);
  }

  /** Tables have come or gone. */
  forget(): void {
    this.#known.clear();
  }

  #look(statement: Statement): Looked {
    const looked = {
      isReachingOut: isReachingOut(this.#sql, statement),
      plan: toPlan(this.#sql, statement),
    };
    if (statement.text.length > LONGEST_KNOWN) return looked;
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(statement.text, looked);
    return looked;
  }
}
