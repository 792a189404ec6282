// The operator's switch as a row, and the list of tenants.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { PausedAll } from "../../kernel/ports/guard.ts";
import type { System, SystemPause } from "../../kernel/ports/system.ts";

export class D1System implements System {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async paused(): Promise<SystemPause | null> {
    const row = await this.#db
      .prepare(
        "select name, since from system_switches where name in ('all', 'letting_end') order by name limit 1",
      )
      .first<{ name: PausedAll; since: number }>();
    return row === null ? null : { how: row.name, since: row.since };
  }

  async setPaused(pause: SystemPause | null): Promise<void> {
    const statement =
      pause === null
        ? this.#db.prepare("delete from system_switches where name in ('all', 'letting_end')")
        : this.#db
            .prepare("insert or ignore into system_switches (name, since) values (?, ?)")
            .bind(pause.how, pause.since);
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
