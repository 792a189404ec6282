// Idempotency keys of requests that start no run, and what their callers were told. Who is asked for now stands in memory: if
// the object is lost, so is whoever asked, and the key is free for the same request again.
import type { KeptReply, ReplyClaim, ReplyEnd, ReplyRequest } from "../../kernel/ports/replies.ts";

/** `reply`: JSON, null where what was told is not kept; `done` tells that from a request whose end nobody heard of. */
const TABLE = `
  create table if not exists replies (key text primary key, body_hash text not null, expires_at integer not null,
    done integer not null default 0, reply text);
  create index if not exists replies_age on replies (expires_at);
`;

/** Longer than any request waits for its answer. */
const LONGEST_MS = 10 * 60_000;
/** A row holds 2 MB, and a character up to 3 bytes. */
const LONGEST_REPLY = 600_000;
/** At once: whoever waits for this object waits for them. */
const DROPPED = 500;

export type ReplyOrder =
  | ({ readonly order: "claim" } & ReplyRequest)
  | { readonly order: "end"; readonly key: string; readonly claim: number; readonly as: ReplyEnd };

export class ReplyKeys {
  readonly #sql: SqlStorage;
  readonly #asked = new Map<string, { readonly claim: number; readonly since: number }>();
  #claims = 0;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(TABLE);
  }

  take(json: string, now: number): ReplyClaim | null {
    // Written by objects.ts from an order.
    const order = JSON.parse(json) as ReplyOrder;
    if (order.order === "claim") return this.#claim(order, now);
    this.#end(order);
    return null;
  }

  #claim({ key, bodyHash, expiresAt }: ReplyRequest, now: number): ReplyClaim {
    const [row] = this.#sql.exec("select * from replies where key = ?", key).toArray();
    const isKnown = row !== undefined && Number(row["expires_at"]) > now;
    if (isKnown && row["body_hash"] !== bodyHash) return { claimed: "other_body" };
    if (isKnown && row["done"] === 1) return { claimed: "known", reply: fromStored(row["reply"] ?? null) };
    const asked = this.#asked.get(key);
    if (isKnown && asked && Math.abs(now - asked.since) < LONGEST_MS) return { claimed: "in_progress" };
    this.#sql.exec(
      "insert or replace into replies (key, body_hash, expires_at) values (?, ?, ?)",
      ...[key, bodyHash, expiresAt],
    );
    this.#claims += 1;
    this.#asked.set(key, { claim: this.#claims, since: now });
    return { claimed: "new", claim: this.#claims, isAgain: isKnown };
  }

  #end({ key, claim, as }: Extract<ReplyOrder, { order: "end" }>): void {
    if (this.#asked.get(key)?.claim !== claim) return;
    this.#asked.delete(key);
    if (as === "free") {
      this.#sql.exec("delete from replies where key = ?", key);
      return;
    }
    const json = as === "not kept" ? "" : JSON.stringify(as);
    const kept = json === "" || json.length > LONGEST_REPLY ? null : json;
    this.#sql.exec("update replies set done = 1, reply = ? where key = ?", kept, key);
  }

  /** Answers when the oldest that is left will be past its time; null: there is none. */
  dropExpired(now: number): number | null {
    this.#sql.exec(
      `delete from replies where key in (select key from replies where expires_at <= ? order by expires_at limit ?)`,
      ...[now, DROPPED],
    );
    const [oldest] = this.#sql.exec("select min(expires_at) as at from replies").toArray();
    return oldest?.["at"] == null ? null : Number(oldest["at"]);
  }
}

/** Written by this class alone. */
function fromStored(json: SqlStorageValue): KeptReply | null {
  return typeof json === "string" ? (JSON.parse(json) as KeptReply) : null;
}
