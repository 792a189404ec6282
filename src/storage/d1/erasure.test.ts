// No table of a tenant's is forgotten when he is erased: a new one is put on one of the two lists.
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import { expect, it } from "vitest";
import { GONE, LEFT } from "./erasure.ts";
import * as core from "./schema.ts";
import * as approvals from "./schema-approvals.ts";
import * as books from "./schema-books.ts";
import * as identity from "./schema-identity.ts";
import * as ledger from "./schema-ledger.ts";
import * as vault from "./schema-vault.ts";

const listTables = (module: object) => Object.values(module).filter((one) => one instanceof SQLiteTable);

it("every table with a tenant goes with it, or is told as what is left", () => {
  const tables = [core, approvals, books, identity, ledger, vault].flatMap(listTables).map(getTableConfig);
  const owned = tables.filter(({ columns }) => columns.some(({ name }) => name === "tenant"));
  expect(owned.length).toBeGreaterThan(15);
  const listed = [...GONE, ...LEFT.map(({ what }) => what)];
  expect(listed.toSorted()).toEqual([...new Set(owned.map(({ name }) => name))].toSorted());
});
