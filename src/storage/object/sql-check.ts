// Whether a statement may run, asked of SQLite before it does: what it reaches, and how many rows it would look at.
import { toSmall } from "../../kernel/domain/statement-names.ts";
import type { SqlRefusal } from "../../kernel/ports/tenant-store.ts";
import { findReached } from "./sql-reach.ts";
import { findTooMuchWork, type PlanNode, type Statement, toPlan } from "./sql-work.ts";

/** What only depends on the text and the tables that there are. */
interface Looked {
  /** Null: more than imported tables. */
  readonly reached: ReadonlySet<string> | null;
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

  /** Null: it may run. Otherwise what is wrong with it. Policies were asked about the tables that it was told to touch. */
  findWrong(statement: Statement, told: readonly string[]): SqlRefusal | null {
    const { reached, plan } = this.#known.get(statement.text) ?? this.#look(statement);
    if (reached === null)
      return { refused: "sql_error", message: "it reads or changes what is no table of yours" };
    const table = [...reached].find((name) => !told.some((one) => toSmall(one) === name));
    if (table !== undefined) return { refused: "untold_table", table };
    const message = findTooMuchWork(this.#sql, statement, plan);
    return message === null ? null : { refused: "sql_error", message };
  }

  /** Tables have come or gone. */
  forget(): void {
    this.#known.clear();
  }

  #look(statement: Statement): Looked {
    const looked = {
      reached: findReached(this.#sql, statement),
      plan: toPlan(this.#sql, statement),
    };
    if (statement.text.length > LONGEST_KNOWN) return looked;
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(statement.text, looked);
    return looked;
  }
}
