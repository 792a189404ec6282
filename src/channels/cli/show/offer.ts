// Several requests in one sentence: the steps, and the commands that go on. Nothing of it ran.
import { type Json, toJson, toJsonList, toList, toNumber, toText } from "../json.ts";
import { STEP_WORDS } from "../words/step-words.ts";
import type { View } from "./view.ts";

/** `asked`: the whole sentence. */
export function toOfferLines(body: Json, asked: string, view: View): readonly string[] {
  const { paint } = view;
  const words = STEP_WORDS[view.locale];
  const steps = toJsonList(body["steps"]);
  const runs = steps.filter(isDoable).map(({ text }) => `    npx skillos run ${toShellWord(toText(text))}`);
  const pipeline = toJson(body["pipeline"]);
  if (!steps.every(isDoable)) {
    const rest = runs.length === 0 ? [] : [`  ${words.theRest}`, ...runs];
    return [`${paint("red", "✗")} ${paint("bold", words.missingStep)}`, ...toStepRows(steps, view), ...rest];
  }
  return [
    `${paint("yellow", "?")} ${paint("bold", words.inARow(steps.length, toPercent(pipeline)))}`,
    ...toStepRows(steps, view),
    `  ${words.oneByOne}`,
    ...runs,
    `  ${words.asOne}`,
    `    npx skillos route ${toShellWord(asked)} --save ${toText(pipeline["skill"])}`,
  ];
}

function isDoable(step: Json): boolean {
  return toText(step["skill"]) !== "";
}

function toPercent(one: Json): number {
  return Math.round((toNumber(one["confidence"]) ?? 0) * 100);
}

function toStepRows(steps: readonly Json[], { locale, paint }: View): readonly string[] {
  const words = STEP_WORDS[locale];
  const width = Math.max(...steps.map(({ text }) => toText(text).length));
  return steps.map((step, at) => {
    const missing = toList(step["missing"]).map(toText).join(", ");
    const who = isDoable(step)
      ? `${toText(step["skill"])}  ${toPercent(step)} %${missing === "" ? "" : `  ${words.needs(missing)}`}`
      : paint("red", words.nobody);
    return `  ${at + 1}  ${toText(step["text"]).padEnd(width)}  ${who}`;
  });
}

/** As one word of a shell: what stands in single quotes is taken as it is. */
function toShellWord(text: string): string {
  return /["$`\\!]/.test(text) ? `'${text.replaceAll("'", String.raw`'\''`)}'` : JSON.stringify(text);
}
