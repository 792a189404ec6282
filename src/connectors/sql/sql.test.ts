import { describe, expect, it } from "vitest";
import { Refused } from "../../kernel/domain/refusal.ts";
import type { SqlAnswer, SqlRefusal, SqlStatement, TenantStore } from "../../kernel/ports/tenant-store.ts";
import { aConnector, aRefusal, aStore, anIo } from "../../../test/connector-builders.ts";
import { createSqlCapability } from "./sql.ts";

const sql = createSqlCapability();
const rows: SqlAnswer = { rows: [{ number: 1021 }], changes: 0, practice: true };

function aStoreThat(answer: SqlAnswer | SqlRefusal): {
  store: TenantStore;
  seen: { statement: SqlStatement; key: string | null }[];
} {
  const seen: { statement: SqlStatement; key: string | null }[] = [];
  return {
    seen,
    store: aStore({
      run: async (statement, key) => {
        seen.push({ statement, key });
        return answer;
      },
      preview: async () =>
        "refused" in answer ? answer : { entities: [{ id: "1021", label: "Bistro Volna" }], answer },
    }),
  };
}

describe("sql", () => {
  it("describes a statement before its values are known", () => {
    const request = {
      text: "delete from quotes where number in ${{ old.rows.map(q, q.number) }}",
      values: [],
      maxRows: 500,
    };
    expect(sql.describe(request, null)).toEqual({
      class: "delete",
      target: "quotes",
      resend: "deduplicated",
      upperMicroUsd: 0,
    });
    expect(sql.describe({ text: "select 1" }, null)).toMatchObject({ class: "read", target: "store" });
  });

  it("reads without a key, writes with one", async () => {
    const { store, seen } = aStoreThat(rows);
    const read = await sql.call({ text: "select number from quotes", values: [] }, null, anIo({ store }));
    const write = await sql.call(
      { text: "update quotes set a = ?", values: [1], maxRows: 3 },
      null,
      anIo({ store, key: "run:save:1" }),
    );
    expect(read).toEqual({
      value: { rows: [{ number: 1021 }], changes: 0 },
      costMicroUsd: 0,
      origin: "practice",
      total: undefined,
    });
    expect(write.total).toBe(0);
    expect(seen.map((one) => one.key)).toEqual([null, "run:save:1"]);
    expect(seen[1]?.statement).toMatchObject({
      text: "update quotes set a = ?",
      values: [1],
      class: "write",
      maxRows: 3,
    });
  });

  it("previews what the store would touch", async () => {
    const { store } = aStoreThat({ rows: [], changes: 3, practice: false });
    const preview = await sql.preview({ text: "delete from quotes" }, null, anIo({ store }));
    expect(preview).toEqual({
      entities: [{ id: "1021", label: "Bistro Volna" }],
      total: 3,
      value: { rows: [], changes: 3 },
    });
  });

  it.each([
    ["create table x (a)", 'A skill cannot run "create"'],
    ["select 1; select 2", "several"],
    ["", "empty"],
  ])("refuses %s", (text, message) => {
    expect(aRefusal(() => sql.describe({ text }, null))).toMatchObject({
      reason: "bad_request",
      message: { en: expect.stringContaining(message) },
    });
  });

  it("says honestly that it reaches no other database", () => {
    const refusal = aRefusal(() => sql.describe({ text: "select 1" }, aConnector({ name: "warehouse" })));
    expect(refusal).toMatchObject({
      reason: "bad_request",
      message: { en: expect.stringContaining("not available yet") },
    });
  });
});

describe("a store's no", () => {
  const run = async (answer: SqlRefusal, text = "delete from quotes"): Promise<unknown> =>
    sql
      .call({ text, values: [], maxRows: 10 }, null, anIo({ store: aStoreThat(answer).store }))
      .catch((error: unknown) => error);

  it("tells a read that writes", async () => {
    const error = await run({ refused: "not_a_read" }, "select a from t");
    expect(error instanceof Refused && error.refusal).toMatchObject({
      reason: "bad_request",
      message: { en: expect.stringContaining("undone") },
    });
  });

  it("tells how many rows were too many", async () => {
    const error = await run({ refused: "too_many_rows", rows: 612 });
    expect(error instanceof Refused && error.refusal).toMatchObject({
      reason: "step_failed",
      message: { en: "612 rows, more than max_rows: 10 allows. Nothing was changed." },
    });
  });

  it("names what changed since the yes, in both languages", async () => {
    const entities = Array.from({ length: 7 }, (_, index) => ({
      id: String(1034 + index),
      label: `Quote ${1034 + index}`,
    }));
    const error = await run({ refused: "drift", entities });
    expect(error instanceof Refused && error.refusal).toMatchObject({
      reason: "plan_drift",
      message: {
        en: "In quotes it is not what you were shown. Changed: Quote 1034; Quote 1035; Quote 1036; Quote 1037; Quote 1038 and 2 more. Nothing was deleted.",
        ru: "В quotes уже не то, что вам показали. Изменилось: Quote 1034; Quote 1035; Quote 1036; Quote 1037; Quote 1038 и ещё 2. Ничего не удалено.",
      },
    });
  });

  it("tells what is gone from what is other and what is new, each as who said yes knows it", async () => {
    const row = (id: number, label: string) => ({ id: `quotes:${id}`, label, before: { id, label } });
    const { store } = aStoreThat({
      refused: "drift",
      entities: [
        row(2, "1034 · Volna · 25"),
        row(4, "1055 · Cap"),
        row(1, "1021"),
        row(2, "1034 · Volna · 24"),
      ],
    });
    const agreed = { entities: [row(1, "1021 · 12 March"), row(2, "1034 · 2 June")], excluded: [] };
    const request = { text: "delete from quotes", values: [], maxRows: 10 };
    const error = await sql.call(request, null, anIo({ store, agreed })).catch((one: unknown) => one);
    expect(error instanceof Refused && error.refusal).toMatchObject({
      message: {
        en: "In quotes it is not what you were shown. Gone or no longer meant: 1021 · 12 March. Changed: 1034 · 2 June. New: 1055 · Cap. Nothing was deleted.",
      },
    });
  });

  it.each([
    [
      'near "debts": syntax error at offset 54: SQLITE_ERROR',
      'The SQL cannot be read from "debts" on, or what stands before it is wrong.',
      "Запрос SQL не прочитать начиная с «debts», или ошибка стоит прямо перед этим.",
    ],
    ["no such function: foo at offset 7: SQLITE_ERROR", "no such function: foo", "no such function: foo"],
  ])("tells %s without what only the database knows", async (message, en, ru) => {
    const error = await run({ refused: "sql_error", message });
    expect(error instanceof Refused && error.refusal).toMatchObject({
      reason: "step_failed",
      message: { en, ru },
      retryable: false,
    });
  });
});
