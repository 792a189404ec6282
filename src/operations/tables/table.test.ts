import { expect, it } from "vitest";
import { tableGet, tableImport } from "./table.ts";

const BROKEN = { refused: "sql_error", message: "disk I/O error" } as const;
const store = {
  tables: async () => [{ name: "things", rows: 1, origin: "own" }],
  columns: async () => [],
  run: async () => BROKEN,
  importTable: async () => BROKEN,
};

async function said(operation: typeof tableGet) {
  const call = {
    principal: { tenant: "ten_test" },
    input: { table: "things", origin: "own", limit: 1 },
    contentType: "",
  };
  const platform = { store: () => store, tables: { read: () => [{ n: 1 }] } };
  // Only these are asked of either.
  const reply = await Reflect.apply(operation.run, operation, [platform, call]);
  return "refusal" in reply && reply.refusal.reason === "bad_request" ? reply.refusal : null;
}

it("says of a table that cannot be read that it cannot be read, and of one that cannot be made, made; each with a mend", async () => {
  expect(await said(tableGet)).toMatchObject({
    message: {
      en: "The table could not be read: disk I/O error.",
      ru: "Таблицу не прочитать: disk I/O error.",
    },
    mend: { en: expect.stringContaining("again") },
  });
  expect(await said(tableImport)).toMatchObject({
    message: { en: "The table could not be made: disk I/O error." },
    mend: { en: expect.stringContaining("file") },
  });
});
