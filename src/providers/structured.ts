// The answer as an object: what `returns` means as a JSON Schema, and whether a reply fits it. A reply that does not is
// not asked for again: that would cost again.
import { isRecord } from "../kernel/domain/json.ts";
import { Validator } from "@cfworker/json-schema";
import { isTooDeep, MAX_JSON_DEPTH } from "../kernel/domain/json.ts";
import { Fault, Refused } from "../kernel/domain/refusal.ts";
import type { JsonSchema } from "../kernel/ports/model.ts";

const SHORT: Readonly<Record<string, JsonSchema>> = {
  text: { type: "string" },
  string: { type: "string" },
  number: { type: "number" },
  money: { type: "number" },
  integer: { type: "integer" },
  boolean: { type: "boolean" },
  date: { type: "string", format: "date" },
  url: { type: "string" },
  list: { type: "array", items: { type: "string" } },
};

/** A JSON Schema, or the short form `{ field: type }` where `?` allows null and `[]` means a list. */
export function toSchema(returns: Readonly<Record<string, unknown>>): JsonSchema {
  return isSchema(returns) ? returns : toObject(returns);
}

function isSchema(value: Readonly<Record<string, unknown>>): boolean {
  // A field may be called `type` or `anyOf` too: a schema has lists and objects there, the short form has words.
  if (
    ["anyOf", "oneOf", "allOf"].some((key) => Array.isArray(value[key])) ||
    String(value["$ref"]).startsWith("#")
  )
    return true;
  return (
    value["type"] === "object" ||
    isRecord(value["properties"]) ||
    (value["type"] === "array" && isRecord(value["items"]))
  );
}

function toObject(fields: Readonly<Record<string, unknown>>): JsonSchema {
  const properties = Object.fromEntries(
    Object.entries(fields).map(([name, type]) => [name, toField(name, type)]),
  );
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

function toField(name: string, type: unknown): JsonSchema {
  if (isRecord(type))
    return typeof type["type"] === "string" || Array.isArray(type["type"]) || isSchema(type)
      ? type
      : toObject(type);
  const text = String(type);
  if (text.endsWith("?")) return { anyOf: [toField(name, text.slice(0, -1)), { type: "null" }] };
  if (text.endsWith("[]")) return { type: "array", items: toField(name, text.slice(0, -2)) };
  const short = Object.hasOwn(SHORT, text) ? SHORT[text] : undefined;
  if (short) return short;
  const all = Object.keys(SHORT).join(", ");
  throw new Refused({
    reason: "bad_request",
    message: { en: `returns.${name}: "${text}" is no type.`, ru: `returns.${name}: типа «${text}» нет.` },
    mend: {
      en: `Write one of ${all}, with [] for a list or ? if it may be missing, or a JSON Schema.`,
      ru: `Напишите один из ${all}, с [] для списка или ?, если его может не быть, или JSON Schema.`,
    },
    field: `returns.${name}`,
  });
}

/** Throws Fault with the first place that does not fit. */
export function parseStructured(text: string, schema: JsonSchema): unknown {
  const value = parseJson(text);
  const { valid, errors } = new Validator({ ...schema }, "2020-12", false).validate(value);
  if (valid) return value;
  // The outermost errors only say that something inside is wrong.
  const deepest = errors.reduce((found, error) =>
    error.instanceLocation.length >= found.instanceLocation.length ? error : found,
  );
  const place = deepest.instanceLocation.replace(/^#\/?/, "") || "the whole answer";
  throw new Fault(
    "model_invalid",
    "never",
    `the model's answer does not fit \`returns\`: ${place}: ${deepest.error}`,
  );
}

/** Some models put a fence around JSON whatever they are told. */
function parseJson(text: string): unknown {
  const bare = /^\s*```(?:json)?\s*([\s\S]*?)\s*```\s*$/i.exec(text)?.[1] ?? text;
  try {
    const value: unknown = JSON.parse(bare);
    if (!isTooDeep(value)) return value;
  } catch (error) {
    throw new Fault("model_invalid", "never", "the model's answer is not JSON", error);
  }
  throw new Fault("model_invalid", "never", `the model's answer is nested more than ${MAX_JSON_DEPTH} deep`);
}
