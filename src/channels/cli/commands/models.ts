// `models`: which language models there are and what they cost; `models price`: what this tenant pays for one.
import { type Command, type Given, hasOption, toOption, toWord } from "../command.ts";
import { type Json, toField, toJson, toJsonList, toNumber, toText } from "../json.ts";
import { formatUsd, parseLimit } from "../../dollars.ts";
import { Complaint } from "../shell.ts";
import { withNpx } from "../show/problem.ts";
import type { View } from "../show/view.ts";
import { showAnswer, toListLines } from "./show-answer.ts";

export const models: Command = {
  name: "models",
  summary: {
    en: "which AI models can be used, at what price, and how to add one",
    ru: "какие модели ИИ доступны, по какой цене и как добавить свою",
  },
  run: async (_given, shell) => showAnswer(await shell.call("GET /models"), shell, toModelLines),
};

const REAL_MODEL = "SKILLOS_MODEL_STANDARD=openai/gpt-4.1-mini SKILLOS_OPENAI_API_KEY=… npm start";

function toModelLines(body: Json, view: View): readonly string[] {
  const all = toJsonList(body["models"]);
  const ids = [...new Set(all.map((model) => toText(model["id"])))];
  const rows = ids
    .flatMap((id) => all.filter((model) => toText(model["id"]) === id).slice(0, 1))
    .map((model) => ({
      model: model["id"],
      use: toUses(all.filter((one) => one["id"] === model["id"])),
      "in, per million": toPriceOf(model["usd_per_million_tokens"], "input"),
      "out, per million": toPriceOf(model["usd_per_million_tokens"], "output"),
      ready: view.words.yesOrNot(model["ready"] === true),
      note: toNote(model, view),
    }));
  const columns = ["model", "use", "in, per million", "out, per million", "ready", "note"];
  return [...toListLines(rows, columns, view), "", view.words.realModel, `  ${REAL_MODEL}`];
}

function toPriceOf(price: unknown, side: "input" | "output"): string {
  const usd = toNumber(toField(toJson(price), side));
  return usd === null ? "" : formatUsd(usd);
}

function toNote(model: Json, view: View): string {
  const isOwn = model["own_price"] === true;
  const practice = model["practice"] === true ? [view.words.practicePrice] : [];
  return [...(isOwn ? [view.words.ownPrice] : practice), ...toOtherPrices(model, view, isOwn)].join("; ");
}

/** What the model would cost without the own price, and what it costs for long inputs. */
function toOtherPrices(model: Json, { words, locale }: Pick<View, "words" | "locale">, isOwn: boolean) {
  const [known, long] = [model["known_usd_per_million_tokens"], toJson(model["long_input"])];
  const above = toNumber(long["above_tokens"]);
  const sides = (price: unknown) => [toPriceOf(price, "input"), toPriceOf(price, "output")] as const;
  return [
    ...(isOwn && toPriceOf(known, "input") !== "" ? [words.knownPrice(...sides(known))] : []),
    ...(above === null ? [] : [words.longInput(above.toLocaleString(locale), ...sides(long))]),
  ];
}

/** The names under which skills ask for one model; its id is in the column beside. */
function toUses(entries: readonly Json[]): string {
  const uses = entries.map((model) => toText(model["name"]));
  return uses.filter((use) => use !== toText(entries[0]?.["id"])).join(", ");
}

export const modelsPrice: Command = {
  name: "models price",
  summary: {
    en: "say what you pay for a model, in US dollars per million tokens; it goes before the known price",
    ru: "указать, сколько вы платите за модель, в долларах США за миллион токенов; важнее известной цены",
  },
  words: "<model>",
  options: [
    {
      flags: "--input <usd>",
      summary: { en: "per million tokens that it reads", ru: "за миллион токенов, которые она читает" },
    },
    {
      flags: "--output <usd>",
      summary: { en: "per million tokens that it writes", ru: "за миллион токенов, которые она пишет" },
    },
    { flags: "--none", summary: { en: "take your own price back", ru: "убрать свою цену" } },
  ],
  examples: ["npx skillos models price openai/my-model --input 1 --output 4"],
  async run(given, shell) {
    const answer = await shell.call("PUT /models/price", {
      json: { model: toWord(given, 0), ...toPrice(given) },
    });
    return showAnswer(answer, shell, (body, view) => {
      const hint = withNpx(toText(body["hint"]));
      const others = toOtherPrices(body, view, body["input_usd"] !== null);
      return [[view.words.fine(toText(body["model"])), ...others].join("; "), ...(hint === "" ? [] : [hint])];
    });
  },
};

function toPrice(given: Given): Json {
  const [input, output] = [toOption(given, "input"), toOption(given, "output")];
  if (hasOption(given, "none")) {
    if (input !== "" || output !== "") throw new Complaint(({ noneOrPrice }) => noneOrPrice());
    return { input_usd: null, output_usd: null };
  }
  if (input === "" || output === "") throw new Complaint(({ noModelPrice }) => noModelPrice());
  return { input_usd: toUsd(input), output_usd: toUsd(output) };
}

function toUsd(text: string): number {
  const usd = parseLimit(text);
  if (usd === null) throw new Complaint(({ notDollars }) => notDollars(text));
  return usd;
}
