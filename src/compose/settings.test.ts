// The defaults that work here are the ones that `skillos config explain` prints.
import { expect, it } from "vitest";
import { SETTING_ROWS } from "./setting-rows.ts";
import { Settings } from "./settings.ts";

const usual = Settings.parse({});
const rows = new Map(SETTING_ROWS.map((row) => [row.name, row]));

it.each(Object.entries(usual))("%s has one default", (name, value) => {
  const row = rows.get(name);
  expect(row).toBeDefined();
  // Null: another file says what stands for it.
  if (value === null) return;
  const read: Readonly<Record<string, unknown>> = Settings.parse({ [name]: row?.fallback });
  expect(read[name]).toEqual(value);
});
