// What a schema complains of, in the words of people who did not write the schema.
import { type BothLanguages, splitLanguages } from "../domain/text.ts";
import { z } from "zod";
import { findNearestName } from "./nearest-name.ts";
import { type MistakeWords, toWritten } from "./skill-file-mistake.ts";

type Issue = z.core.$ZodIssue;

const KINDS: Readonly<Record<string, BothLanguages>> = {
  string: { ru: "текст", en: "text" },
  number: { ru: "число", en: "a number" },
  int: { ru: "целое число", en: "a whole number" },
  boolean: { ru: "true или false", en: "true or false" },
  array: { ru: "список", en: "a list" },
  object: { ru: "набор «ключ: значение»", en: "a map of keys" },
  record: { ru: "набор «ключ: значение»", en: "a map of keys" },
};

export function toIssueWords(issue: Issue, place: { name: string; found: unknown }): MistakeWords {
  const { name } = place;
  switch (issue.code) {
    case "invalid_type":
      return toTypeWords(issue.expected, place);
    case "invalid_value": {
      const shown = issue.values.map(String);
      const nearest = findNearestName(toWritten(place.found), shown);
      const all = shown.join(", ");
      const mend =
        nearest === null
          ? { ru: `Выберите: ${all}.`, en: `Choose one of: ${all}.` }
          : {
              ru: `Может быть, ${nearest}? Бывает: ${all}.`,
              en: `Did you mean ${nearest}? Allowed: ${all}.`,
            };
      return place.found === undefined
        ? toTypeWords(all, place)
        : {
            rule: "wrong_value",
            message: { ru: `У ${name} не бывает такого значения.`, en: `${name} cannot have this value.` },
            mend,
          };
    }
    case "too_small":
    case "too_big":
      return toSizeWords(issue, name);
    case "custom":
      return toCustomWords(issue, name);
    case "invalid_union":
      return toTypeWords(
        issue.errors
          .flatMap((branch) =>
            branch.flatMap((inner) =>
              inner.code === "invalid_type" && inner.path.length === 0 ? [inner.expected] : [],
            ),
          )
          .join("|"),
        place,
      );
    default:
      return {
        rule: "wrong_value",
        message: {
          ru: `${name}: так нельзя (${issue.message}).`,
          en: `${name} is not valid: ${issue.message}.`,
        },
        mend: { ru: "Исправьте значение.", en: "Correct the value." },
      };
  }
}

function toTypeWords(expected: string, { name, found }: { name: string; found: unknown }): MistakeWords {
  const kinds = [...new Set(expected.split("|"))].map((kind) => KINDS[kind] ?? { ru: kind, en: kind });
  const wanted = {
    ru: kinds.map((kind) => kind.ru).join(" или "),
    en: kinds.map((kind) => kind.en).join(" or "),
  };
  if (found === undefined) {
    return {
      rule: "missing_key",
      message: { ru: `Не хватает ключа ${name}.`, en: `The key ${name} is missing.` },
      mend: { ru: `Добавьте ${name}: (${wanted.ru}).`, en: `Add ${name}: (${wanted.en}).` },
    };
  }
  const quote =
    expected === "string" && typeof found !== "object"
      ? { ru: ` Возьмите его в кавычки: "${String(found)}".`, en: ` Put it in quotes: "${String(found)}".` }
      : { ru: "", en: "" };
  return {
    rule: "wrong_type",
    message: { ru: `${name}: нужен другой вид значения.`, en: `${name} has the wrong type.` },
    mend: { ru: `Нужно: ${wanted.ru}.${quote.ru}`, en: `It must be ${wanted.en}.${quote.en}` },
  };
}

function toSizeWords(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, name: string): MistakeWords {
  const isLow = issue.code === "too_small";
  const bound = String(isLow ? issue.minimum : issue.maximum);
  const strict = issue.inclusive === false;
  const message = isLow
    ? { ru: `${name}: слишком мало.`, en: `${name} is too small or too short.` }
    : { ru: `${name}: слишком много.`, en: `${name} is too large or too long.` };
  const mend = isLow
    ? {
        ru: `Нужно ${strict ? "больше" : "не меньше"} ${bound}.`,
        en: `It must be ${strict ? "more than" : "at least"} ${bound}.`,
      }
    : {
        ru: `Нужно ${strict ? "меньше" : "не больше"} ${bound}.`,
        en: `It must be ${strict ? "less than" : "at most"} ${bound}.`,
      };
  return { rule: isLow ? "too_small" : "too_large", message, mend };
}

const issueWords = z.object({
  rule: z.string(),
  message: z.object({ ru: z.string(), en: z.string() }),
  mend: z.object({ ru: z.string(), en: z.string() }),
});

function toCustomWords(issue: z.core.$ZodIssueCustom, name: string): MistakeWords {
  const known = issueWords.safeParse(issue.params);
  if (known.success) return known.data;
  const why = splitLanguages(issue.message ?? "");
  return {
    rule: "wrong_value",
    message: { ru: `${name}: ${why.ru}`, en: `${name}: ${why.en}` },
    mend: { ru: "Исправьте значение.", en: "Correct the value." },
  };
}
