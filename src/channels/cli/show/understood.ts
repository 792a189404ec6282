// What SkillOS made of a sentence: the skill, how sure it is, and each value with the words it came from.
import { type Json, toJsonList, toNumber, toText } from "../json.ts";
import { formatInput, toNamed } from "./value.ts";
import type { View } from "./view.ts";

export function toUnderstoodLines(body: Json, title: string, view: View): readonly string[] {
  const { words, paint } = view;
  const confidence = toNumber(body["confidence"]);
  const skill = toText(body["skill"]);
  if (skill === "") return [];
  const percent = confidence === null ? null : Math.round(confidence * 100);
  const values = toJsonList(body["understood"]).map((one) => ({
    text: `${toNamed(toText(one["name"]), toText(one["name"]), view)} = ${formatInput(one["value"], view)}`,
    from: toText(one["words"]),
  }));
  const width = Math.max(0, ...values.map(({ text }) => text.length));
  return [
    paint("bold", words.understood(title === "" ? skill : title, skill, percent)),
    ...values.map(({ text, from }) =>
      `  ${text.padEnd(width)}${from === "" ? "" : `   ${paint("dim", words.fromWords(from))}`}`.trimEnd(),
    ),
  ];
}
