import { env } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { R2Files } from "../../src/storage/r2/files.ts";

const bytes = new TextEncoder().encode("Счёт;1 234,56");

describe("files in R2", () => {
  it("come back as they were put, to their own tenant only", async () => {
    const files = new R2Files(env.BLOBS);
    const reference = await files.put("ten_a", bytes, { name: "Счёт № 5.csv", type: "text/csv" });
    expect(reference).toEqual({
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      name: "Счёт № 5.csv",
      type: "text/csv",
      size: bytes.byteLength,
    });
    expect(await files.get("ten_a", reference.sha256)).toEqual({ ...reference, bytes });
    expect(await files.get("ten_b", reference.sha256)).toBeNull();
  });

  it("are one object however often they are put", async () => {
    const files = new R2Files(env.BLOBS);
    const first = await files.put("ten_a", bytes, { name: "a", type: "text/plain" });
    const again = await files.put("ten_a", bytes, { name: "b", type: "text/plain" });
    expect(again.sha256).toBe(first.sha256);
    expect((await env.BLOBS.list()).objects).toHaveLength(1);
  });

  it("are not there under another name or a damaged content", async () => {
    const files = new R2Files(env.BLOBS);
    const { sha256 } = await files.put("ten_a", bytes, { name: "a", type: "text/plain" });
    expect(await files.get("ten_a", "../ten_b/x")).toBeNull();
    await env.BLOBS.put(`files/ten_a/${sha256}`, "other bytes");
    await expect(files.get("ten_a", sha256)).rejects.toMatchObject({ code: "file_damaged" });
  });
});
