// One tenant's own database. Everything it does is one synchronous transaction.
import { DurableObject } from "cloudflare:workers";
import type { Env } from "../src/env.ts";
import type { Entity } from "../src/kernel/domain/effect.ts";
import type {
  Column,
  Imported,
  SqlAnswer,
  SqlRefusal,
  SqlStatement,
} from "../src/kernel/ports/tenant-store.ts";
import type { Agreement } from "../src/storage/object/agreed-rows.ts";
import { TenantTables } from "../src/storage/object/tables.ts";

export class Store extends DurableObject<Env> {
  #tables: TenantTables;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#tables = new TenantTables(state.storage);
  }

  async run(
    statement: SqlStatement,
    key: string | null,
    agreed: Agreement | null,
  ): Promise<SqlAnswer | SqlRefusal> {
    return this.#tables.run(statement, key, agreed);
  }

  async preview(
    statement: SqlStatement,
  ): Promise<{ entities: readonly Entity[]; answer: SqlAnswer } | SqlRefusal> {
    return this.#tables.preview(statement);
  }

  async importTable(
    table: string,
    rows: readonly Readonly<Record<string, unknown>>[],
    origin: "own" | "practice",
  ): Promise<Imported | SqlRefusal> {
    return this.#tables.importTable(table, rows, origin);
  }

  async dropTable(table: string): Promise<boolean> {
    return this.#tables.dropTable(table);
  }

  async tables(): Promise<readonly { name: string; rows: number; origin: string }[]> {
    return this.#tables.tables();
  }

  async columns(table: string): Promise<readonly Column[]> {
    return this.#tables.columns(table);
  }

  async clear(): Promise<void> {
    await this.ctx.storage.deleteAll();
    this.#tables = new TenantTables(this.ctx.storage);
  }
}
