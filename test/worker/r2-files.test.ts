import { env } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { toVault } from "../../src/compose/compose.ts";
import type { TenantId } from "../../src/kernel/domain/id.ts";
import { R2Files } from "../../src/storage/r2/files.ts";
import { aTenant } from "./tenant.ts";

const bytes = new TextEncoder().encode("Счёт;1 234,56");

describe("files in R2", () => {
  let a: TenantId;
  let b: TenantId;
  beforeEach(async () => {
    a = (await aTenant()).id;
    b = (await aTenant()).id;
  });

  it("come back as they were put, to their own tenant only", async () => {
    const files = new R2Files(env.BLOBS, toVault(env));
    const reference = await files.put(a, bytes, { name: "Счёт № 5.csv", type: "text/csv" });
    expect(reference).toEqual({
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      name: "Счёт № 5.csv",
      type: "text/csv",
      size: bytes.byteLength,
    });
    expect(await files.get(a, reference.sha256)).toEqual({ ...reference, bytes });
    expect(await files.get(b, reference.sha256)).toBeNull();
  });

  it("are one object however often they are put", async () => {
    const files = new R2Files(env.BLOBS, toVault(env));
    const first = await files.put(a, bytes, { name: "a", type: "text/plain" });
    const again = await files.put(a, bytes, { name: "b", type: "text/plain" });
    expect(again.sha256).toBe(first.sha256);
    expect((await env.BLOBS.list()).objects).toHaveLength(1);
  });

  it("are not there under another name or a damaged content", async () => {
    const files = new R2Files(env.BLOBS, toVault(env));
    const { sha256 } = await files.put(a, bytes, { name: "a", type: "text/plain" });
    expect(await files.get(a, `../${b}/x`)).toBeNull();
    const object = await env.BLOBS.get(`files/${a}/${sha256}`);
    expect(await object?.text()).not.toContain("Счёт");
    await env.BLOBS.put(`files/${a}/${sha256}`, "other bytes", {
      customMetadata: object?.customMetadata ?? {},
    });
    await expect(files.get(a, sha256)).rejects.toMatchObject({ code: "seal_altered" });
  });
});
