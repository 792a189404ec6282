// The operator's switch as a row, and the list of tenants.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { System } from "../../kernel/ports/system.ts";

const PAUSE = "pause";

export class D1System implements System {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async pausedSince(): Promise<number | null> {
    return this.#db
      .prepare("select since from system_switches where name = ?")
      .bind(PAUSE)
      .first<number>("since");
  }

  async setPaused(since: number | null): Promise<void> {
    const statement =
      since === null
        ? this.#db.prepare("delete from system_switches where name = ?").bind(PAUSE)
        : this.#db
            .prepare("insert or ignore into system_switches (name, since) values (?, ?)")
            .bind(PAUSE, since);
    await statement.run();
  }

  async listTenants(after: string, limit: number): Promise<readonly TenantId[]> {
    const { results } = await this.#db
      .prepare("select id from tenants where id > ? order by id limit ?")
      .bind(after, limit)
      .all<{ id: TenantId }>();
    return results.map(({ id }) => id);
  }
}
