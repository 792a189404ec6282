// Old files in R2, found by listing the bucket piece by piece; where the last look stopped is kept in the bucket itself.
import { toTenantId } from "../../kernel/domain/id.ts";
import type { FileSweep, KeptFile } from "../../kernel/ports/retention.ts";

const BATCH = 500;
const FILES = "files/";
const ANSWERS = "answers/";

export class R2FileSweep implements FileSweep {
  readonly #bucket: R2Bucket;

  constructor(bucket: R2Bucket) {
    this.#bucket = bucket;
  }

  async listOld(before: number): Promise<readonly KeptFile[]> {
    return (await this.#listOld(FILES, before)).flatMap(parseKey);
  }

  async drop(files: readonly KeptFile[]): Promise<void> {
    await this.#delete(files.map(({ tenant, sha256 }) => `${FILES}${tenant}/${sha256}`));
  }

  async dropOldAnswers(before: number): Promise<void> {
    await this.#delete(await this.#listOld(ANSWERS, before));
  }

  async #listOld(prefix: string, before: number): Promise<string[]> {
    const mark = `sweeps/${prefix.slice(0, -1)}`;
    const startAfter = (await (await this.#bucket.get(mark))?.text()) ?? "";
    const where = startAfter === "" ? {} : { startAfter };
    const { objects, truncated } = await this.#bucket.list({ prefix, limit: BATCH, ...where });
    const last = truncated ? (objects.at(-1)?.key ?? "") : "";
    if (last !== startAfter) await this.#bucket.put(mark, last);
    return objects.filter(({ uploaded }) => uploaded.getTime() < before).map(({ key }) => key);
  }

  async #delete(keys: string[]): Promise<void> {
    if (keys.length > 0) await this.#bucket.delete(keys);
  }
}

/** As files.ts names them. */
function parseKey(key: string): KeptFile[] {
  const [tenant = "", sha256 = ""] = key.slice(FILES.length).split("/");
  return sha256 === "" ? [] : [{ tenant: toTenantId(tenant), sha256 }];
}
