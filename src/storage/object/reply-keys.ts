// Idempotency keys of requests that start no run, and what their callers were told. Who is asked for now stands in memory: if
// the object is lost, so is whoever asked, and the key is free for the same request again.
import type { KeptReply, ReplyClaim, ReplyEnd, ReplyRequest } from "../../kernel/ports/replies.ts";
import type { RunSeals } from "./run-seals.ts";

/** `reply`: sealed JSON, null where what was told is not kept; `done` tells that from a request whose end nobody heard of. */
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

type Seals = Pick<RunSeals, "ready" | "sealReply" | "openReply">;

export class ReplyKeys {
  readonly #sql: SqlStorage;
  readonly #seals: Seals;
  readonly #asked = new Map<string, { readonly claim: number; readonly since: number }>();
  #claims = 0;

  constructor(sql: SqlStorage, seals: Seals) {
    this.#sql = sql;
    this.#seals = seals;
    sql.exec(TABLE);
  }

  async take(json: string, now: number): Promise<ReplyClaim | null> {
    // Written by objects.ts from an order.
    const order = JSON.parse(json) as ReplyOrder;
    await this.#seals.ready();
    if (order.order === "claim") return this.#claim(order, now);
    const kept = toKept(order.as);
    this.#end(order, kept === null ? null : await this.#seals.sealReply(order.key, kept));
    return null;
  }

  #claim({ key, bodyHash, expiresAt }: ReplyRequest, now: number): ReplyClaim {
    const [row] = this.#sql.exec("select * from replies where key = ?", key).toArray();
    const isKnown = row !== undefined && Number(row["expires_at"]) > now;
    if (isKnown && row["body_hash"] !== bodyHash) return { claimed: "other_body" };
    if (isKnown && row["done"] === 1)
      return { claimed: "known", reply: this.#toReply(key, row["reply"] ?? null) };
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

  #end({ key, claim, as }: Extract<ReplyOrder, { order: "end" }>, sealed: string | null): void {
    if (this.#asked.get(key)?.claim !== claim) return;
    this.#asked.delete(key);
    if (as === "free") {
      this.#sql.exec("delete from replies where key = ?", key);
      return;
    }
    if (as === "unclear") return;
    this.#sql.exec("update replies set done = 1, reply = ? where key = ?", sealed, key);
  }

  #toReply(key: string, sealed: SqlStorageValue): KeptReply | null {
    // Sealed by this class alone.
    return sealed === null ? null : (JSON.parse(this.#seals.openReply(key, sealed)) as KeptReply);
  }

  /** Answers when the oldest that is left will be past its time; infinity: there is none. */
  dropExpired(now: number): number {
    this.#sql.exec(
      `delete from replies where key in (select key from replies where expires_at <= ? order by expires_at limit ?)`,
      ...[now, DROPPED],
    );
    const [oldest] = this.#sql.exec("select min(expires_at) as at from replies").toArray();
    return Number(oldest?.["at"] ?? Number.POSITIVE_INFINITY);
  }
}

function toKept(end: ReplyEnd): string | null {
  if (typeof end === "string") return null;
  const json = JSON.stringify(end);
  return json.length > LONGEST_REPLY ? null : json;
}
