import { expect, it } from "vitest";
import { AUDIT_ACTIONS } from "../../src/kernel/audit/actions.ts";
import { isProductCode, loadSources } from "./sources.ts";

it("every action that is noted can be asked for", () => {
  const lines = loadSources(isProductCode).flatMap(({ text }) => text.split("\n"));
  const noted = lines
    .filter((line) => /\b(?:audited|action)\b\s*[:=]/.test(line))
    .flatMap((line) => [...line.matchAll(/"([a-z_]+\.[a-z_]+)"/g)].map(([, name = ""]) => name));
  expect(noted.length).toBeGreaterThan(40);
  expect(noted.filter((name) => !AUDIT_ACTIONS.includes(name))).toEqual([]);
});
