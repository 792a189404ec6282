// A request whose shape is wrong, in words: the first mistake is the one to mend first.
import { type BothLanguages, splitLanguages } from "../../kernel/domain/text.ts";
import type { z, ZodError } from "zod";
import type { Refusal } from "../../kernel/domain/refusal.ts";

type Issue = z.core.$ZodIssue;

/** Whoever types a command has never seen the API. */
const MENDS: Readonly<Record<"http" | "cli", BothLanguages>> = {
  http: { en: "GET /openapi.json lists every field.", ru: "Все поля перечислены в GET /openapi.json." },
  cli: {
    en: "The same command with `--help` alone lists what it takes.",
    ru: "Что берёт команда, покажет она же с одним `--help`.",
  },
};

const TYPES: Readonly<Record<string, BothLanguages>> = {
  string: { en: "a text", ru: "текст" },
  number: { en: "a number", ru: "число" },
  int: { en: "a whole number", ru: "целое число" },
  boolean: { en: "true or false", ru: "true или false" },
  array: { en: "a list", ru: "список" },
  object: { en: "an object", ru: "объект" },
  record: { en: "an object", ru: "объект" },
};

/** As they are typed. */
const FORMATS: Readonly<Record<string, BothLanguages>> = {
  datetime: {
    en: "a moment with its zone is needed, like 2026-12-31T18:00:00+03:00",
    ru: "нужен момент с часовым поясом, например 2026-12-31T18:00:00+03:00",
  },
  date: { en: "a day is needed, like 2026-12-31", ru: "нужен день, например 2026-12-31" },
};

/** Fields that a command has under another name; a list is typed one by one. */
const OPTIONS: Readonly<Record<string, string>> = {
  scopes: "--scope",
  skills: "--skill",
  scope: "--for",
  expires_at: "--expires-at",
  run_at: "--run-at",
  from: "--from",
  to: "--to",
  since: "--since",
  action: "--action",
  secret: "--secret",
};

function toField(path: readonly PropertyKey[], channel: "http" | "cli"): string {
  const [name] = path;
  const option = channel === "cli" ? OPTIONS[String(name)] : undefined;
  return option ?? path.map(String).join(".");
}

/** A refusal of an operation names the field as the API does. */
export function toTyped(refusal: Refusal, channel: "http" | "cli"): Refusal {
  if (channel === "http" || refusal.reason !== "bad_request" || refusal.field === undefined) return refusal;
  return { ...refusal, field: toField([refusal.field], channel) };
}

export function toBadRequest(error: ZodError, channel: "http" | "cli"): Refusal {
  const [issue] = error.issues;
  const field = toField(issue?.path ?? [], channel);
  const why = issue === undefined ? { en: "The body is wrong.", ru: "Тело неверно." } : toWords(issue);
  return {
    reason: "bad_request",
    message: field === "" ? why : { en: `"${field}": ${why.en}`, ru: `«${field}»: ${why.ru}` },
    mend: MENDS[channel],
    ...(field === "" ? {} : { field }),
  };
}

function toWords(issue: Issue): BothLanguages {
  switch (issue.code) {
    case "invalid_value": {
      const all = issue.values.map(String).join(", ");
      return { en: `one of these is needed: ${all}`, ru: `нужно одно из: ${all}` };
    }
    case "invalid_type": {
      const type = TYPES[issue.expected] ?? { en: issue.expected, ru: issue.expected };
      return { en: `${type.en} is needed`, ru: `нужно: ${type.ru}` };
    }
    case "too_big":
      return hasOwnWords(issue, /^Too big/) ?? toMost(Number(issue.maximum), issue.origin === "number");
    case "too_small":
      return hasOwnWords(issue, /^Too small/) ?? toLeast(Number(issue.minimum), issue.origin === "number");
    case "invalid_format":
      return FORMATS[issue.format] ?? splitLanguages(issue.message);
    default:
      return splitLanguages(issue.message);
  }
}

/** What an operation says itself is better than what can be said of any. */
function hasOwnWords({ message }: Issue, usual: RegExp): BothLanguages | null {
  return usual.test(message) ? null : splitLanguages(message);
}

function toMost(most: number, isNumber: boolean): BothLanguages {
  return isNumber
    ? { en: `at most ${most} is allowed`, ru: `разрешено не больше ${most}` }
    : { en: `it is longer than ${most}`, ru: `длиннее, чем ${most}` };
}

function toLeast(least: number, isNumber: boolean): BothLanguages {
  if (isNumber) return { en: `at least ${least} is needed`, ru: `нужно не меньше ${least}` };
  return least <= 1
    ? { en: "it must not be empty", ru: "не должно быть пустым" }
    : { en: `it is shorter than ${least}`, ru: `короче, чем ${least}` };
}
