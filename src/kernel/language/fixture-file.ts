// A fixture file: requests and answers that stand in for a service in practice and in tests.
import { z } from "zod";
import type { Exchange, Fixture } from "../domain/connector.ts";
import type { FileMistake } from "../domain/refusal.ts";
import { checkShape, refuseWith } from "./skill-file-issues.ts";
import { toOrdered } from "./skill-file-mistake.ts";
import { parseYaml, toFileName } from "./skill-file-yaml.ts";

type FixtureFileAnswer = { readonly fixture: Fixture } | { readonly mistakes: readonly FileMistake[] };

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const responseShape = z
  .strictObject({
    status: z.number().int().min(100).max(599).default(200),
    headers: z.record(z.string(), scalar).default({}),
    body: z.string().optional(),
    json: z.unknown().optional(),
    charset: z.string().optional(),
  })
  .transform(({ body, json, ...rest }, context): Exchange["response"] => {
    if (body !== undefined && json !== undefined) {
      refuseWith(context, {
        rule: "two_bodies",
        message: { ru: "В ответе есть и body, и json.", en: "The response has both body and json." },
        mend: { ru: "Оставьте одно из двух.", en: "Keep one of the two." },
      });
    }
    if (json === undefined) return { ...rest, body: body ?? "" };
    return {
      ...rest,
      headers: { "content-type": "application/json", ...rest.headers },
      body: JSON.stringify(json),
    };
  });

const requestShape = z.strictObject({
  method: z
    .string()
    .min(1)
    .default("GET")
    .transform((method) => method.toUpperCase()),
  path: z.string().min(1),
  query: z.record(z.string(), scalar).optional(),
});

/** A request and its answer: in a fixture file, and where a test case stands in for a connector. */
export const exchangeShape = z.strictObject({ request: requestShape, response: responseShape });

/** What the practice model says when the prompt holds these words: an exchange of the method MODEL. */
const modelAnswerShape = z
  .strictObject({ match: z.string(), text: z.string().optional(), object: z.unknown().optional() })
  .transform(({ match, text, object }): Exchange => {
    const headers: Record<string, string> =
      object === undefined ? {} : { "content-type": "application/json" };
    const body = object === undefined ? (text ?? "") : JSON.stringify(object);
    return { request: { method: "MODEL", path: match }, response: { status: 200, headers, body } };
  });

const fixtureShape = z
  .strictObject({
    note: z.string().min(1),
    as_of: z.string().optional(),
    exchanges: z.array(exchangeShape).max(500).default([]),
    answers: z.array(modelAnswerShape).max(500).default([]),
  })
  .transform(({ answers, exchanges, ...rest }, context) => {
    if (answers.length + exchanges.length === 0) {
      refuseWith(context, {
        rule: "too_small",
        message: {
          ru: "Здесь нет ни exchanges, ни answers.",
          en: "There are neither exchanges nor answers.",
        },
        mend: { ru: "Добавьте хотя бы один ответ.", en: "Add at least one answer." },
      });
    }
    return { ...rest, exchanges: [...exchanges, ...answers] };
  });

export function parseFixtureFile(path: string, text: string): FixtureFileAnswer {
  const yaml = parseYaml(path, text);
  const mistakes = [...yaml.mistakes];
  const checked = yaml.isReadable
    ? checkShape(fixtureShape, yaml.value ?? {}, { yaml, path: [], mistakes })
    : null;
  if (checked === null || mistakes.length > 0) return { mistakes: toOrdered(mistakes) };
  const { note, as_of: asOf, exchanges } = checked.value;
  return { fixture: { name: toFileName(path), note, asOf, exchanges } };
}
