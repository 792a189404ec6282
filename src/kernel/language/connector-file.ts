// A connector file: how to reach one outside service. YAML or JSON in, a Connector or every mistake out.
import { z } from "zod";
import type { Connector } from "../domain/connector.ts";
import { sha256 } from "../domain/hash.ts";
import { usdToMicroUsd } from "../domain/money.ts";
import type { FileMistake } from "../domain/refusal.ts";
import { canonicalContent } from "./skill-file.ts";
import { checkShape, refuseWith } from "./skill-file-issues.ts";
import { toMistake, toMistakeWords, toOrdered } from "./skill-file-mistake.ts";
import { durationShape } from "./skill-file-shapes.ts";
import { parseYaml, toFileName } from "./skill-file-yaml.ts";

type ConnectorFileAnswer = { readonly connector: Connector } | { readonly mistakes: readonly FileMistake[] };

const DEFAULT_TIMEOUT_MS = 10_000;

const line = z.string().min(1).max(2000);
const pairs = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))
  .default({});

const addressShape = line.transform((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.username === "" &&
    url.password === "" &&
    url.search === "" &&
    url.hash === ""
  )
    return value.replace(/\/+$/, "");
  refuseWith(context, {
    rule: "wrong_address",
    message: { ru: "base_url: это не адрес сервиса.", en: "base_url is not the address of a service." },
    mend: {
      ru: "Напишите https://имя/путь; параметры идут в query, ключи в headers как secret:KEY.",
      en: "Write https://host/path; parameters go in query, keys in headers as secret:KEY.",
    },
  });
  return z.NEVER;
});

const connectorShape = z.strictObject({
  type: line,
  title: line.optional(),
  base_url: addressShape.optional(),
  headers: pairs,
  query: pairs,
  idempotency: z.enum(["header", "none"]).default("none"),
  effects: z
    .array(
      z.strictObject({
        method: line.transform((method) => method.toUpperCase()),
        path: line,
        effect: z.enum(["read", "write", "delete"]),
      }),
    )
    .max(200)
    .default([]),
  timeout: durationShape.optional(),
  price_per_call_usd: z.number().min(0).max(1000).default(0),
  practice: line.optional(),
  mode: z.enum(["live", "practice"]).default("live"),
  docs: line.optional(),
});

/** The name is the file's. `hash` may be handed in; otherwise it is taken over name and canonical content. */
export function parseConnectorFile(
  path: string,
  text: string,
  hash: string = sha256(`${toFileName(path)}\n${canonicalContent(text)}`),
): ConnectorFileAnswer {
  const yaml = parseYaml(path, text);
  const mistakes = [...yaml.mistakes];
  const name = toFileName(path);
  if (!/^[a-z0-9][a-z0-9_-]*$/.test(name)) {
    const message = {
      ru: `${name}: так назвать подключение нельзя.`,
      en: `${name} cannot be the name of a connector.`,
    };
    mistakes.push(
      toMistake(
        yaml.locate([]),
        toMistakeWords("wrong_name", message, {
          ru: "Строчные латинские буквы, цифры, - и _.",
          en: "Use lower-case Latin letters, digits, - and _.",
        }),
      ),
    );
  }
  const checked = yaml.isReadable
    ? checkShape(connectorShape, yaml.value ?? {}, { yaml, path: [], mistakes })
    : null;
  if (checked === null || mistakes.length > 0) return { mistakes: toOrdered(mistakes) };
  const { title, base_url: baseUrl, timeout, price_per_call_usd: price, ...rest } = checked.value;
  return {
    connector: {
      ...rest,
      name,
      hash,
      title: title ?? name,
      baseUrl,
      timeoutMs: timeout ?? DEFAULT_TIMEOUT_MS,
      pricePerCallMicroUsd: usdToMicroUsd(price),
    },
  };
}
