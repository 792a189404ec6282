import { describe, expect, it } from "vitest";
import { z } from "zod";
import { joinLanguages } from "../../kernel/domain/text.ts";
import { toBadRequest, toTyped } from "./bad-request.ts";

const Body = z.strictObject({
  mode: z.enum(["single", "pipeline"]).optional(),
  usd: z.number().nonnegative().max(10).optional(),
  count: z.coerce.number().int().min(1).optional(),
  reason: z.string().min(1).max(5).optional(),
  name: z
    .string()
    .regex(/^[a-z]+$/, joinLanguages({ en: "Small letters.", ru: "Строчные буквы." }))
    .optional(),
  scopes: z.array(z.enum(["read", "run"])).optional(),
  expires_at: z.iso.datetime({ offset: true }).optional(),
  from: z.iso.date().optional(),
  secret: z.string().min(8, "A secret has at least 8 characters.").optional(),
});

describe("a request whose shape is wrong", () => {
  it.each([
    [
      { mode: "foo" },
      '"mode": one of these is needed: single, pipeline',
      "«mode»: нужно одно из: single, pipeline",
    ],
    [{ usd: 11 }, '"usd": at most 10 is allowed', "«usd»: разрешено не больше 10"],
    [{ usd: "x" }, '"usd": a number is needed', "«usd»: нужно: число"],
    [{ count: 0 }, '"count": at least 1 is needed', "«count»: нужно не меньше 1"],
    [{ reason: "" }, '"reason": it must not be empty', "«reason»: не должно быть пустым"],
    [{ reason: "longer" }, '"reason": it is longer than 5', "«reason»: длиннее, чем 5"],
    [{ name: "A" }, '"name": Small letters.', "«name»: Строчные буквы."],
    [{ secret: "short" }, '"secret": A secret has at least 8 characters.', null],
  ])("%j is told in words", (body, en, ru) => {
    const { error } = Body.safeParse(body);
    const refusal = error && toBadRequest(error, "http");
    expect(refusal).toMatchObject({ reason: "bad_request", message: { en, ...(ru === null ? {} : { ru }) } });
  });

  it.each([
    [{ scopes: ["root"] }, "«--scope»: нужно одно из: read, run"],
    [
      { expires_at: "вчера" },
      "«--expires-at»: нужен момент с часовым поясом, например 2026-12-31T18:00:00+03:00",
    ],
    [{ from: "вчера" }, "«--from»: нужен день, например 2026-12-31"],
  ])("%j is named as it was typed", (body, ru) => {
    const { error } = Body.safeParse(body);
    expect(error && toBadRequest(error, "cli")).toMatchObject({ message: { ru } });
  });

  it("is mended with the help of the command for whoever types one", () => {
    const { error } = Body.safeParse({ mode: "foo" });
    const toMend = (channel: "http" | "cli") => error && toBadRequest(error, channel);
    expect(toMend("http")).toMatchObject({ mend: { en: "GET /openapi.json lists every field." } });
    expect(toMend("cli")).toMatchObject({ mend: { en: expect.stringContaining("`--help`") } });
  });
});

it("names what an operation refuses as it was typed", () => {
  const refusal = { reason: "bad_request", message: { en: "No.", ru: "Нет." }, field: "secret" } as const;
  expect(toTyped(refusal, "cli")).toMatchObject({ field: "--secret" });
  expect(toTyped(refusal, "http")).toBe(refusal);
  expect(toTyped({ ...refusal, field: "scheme" }, "cli")).toMatchObject({ field: "scheme" });
});
