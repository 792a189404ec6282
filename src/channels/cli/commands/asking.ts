// `route`, `eval`, `config explain`: questions that start nothing.
import { type Command, hasOption, toOption, toSentence, toWord } from "../command.ts";
import { type Json, toJson, toJsonList, toNumber, toText } from "../json.ts";
import { Complaint, toSpeaking } from "../shell.ts";
import type { View } from "../show/view.ts";
import { toLogWord } from "../words/log-words.ts";
import { detectLocale, type Locale } from "../../../kernel/domain/text.ts";
import { isGood } from "../client.ts";
import { hasSteps } from "../run/converse.ts";
import { toOfferLines } from "../show/offer.ts";
import { savePipeline } from "./save-pipeline.ts";
import { showAnswer, toListLines } from "./show-answer.ts";
import { TAGGED } from "./skills.ts";

export const route: Command = {
  name: "route",
  summary: {
    en: "which skill a sentence means, and how sure that is; runs nothing",
    ru: "о каком навыке фраза и насколько это точно; ничего не запускает",
  },
  words: "<request...>",
  options: [
    {
      flags: "--explain",
      summary: { en: "show where each score comes from", ru: "показать, из чего сложилась каждая оценка" },
    },
    TAGGED,
    {
      flags: "--save <skill>",
      summary: {
        en: "of several requests in a row: write one skill that does them, under this name",
        ru: "для нескольких запросов подряд: записать один навык, который их делает, под этим именем",
      },
    },
  ],
  async run(given, shell) {
    const query = toSentence(given);
    if (query === "") throw new Complaint(({ emptySentence }) => emptySentence("route"));
    const speaking = toSpeaking(shell, detectLocale(query));
    const tag = toOption(given, "tag");
    const asked = new URLSearchParams({ q: query, ...(tag !== "" && { tag }) });
    const answer = await speaking.call(`GET /route?${asked}`);
    const save = toOption(given, "save");
    if (save !== "" && isGood(answer)) return savePipeline(save, answer.body, speaking);
    const isExplained = hasOption(given, "explain");
    return showAnswer(answer, speaking, (body, view) => [
      ...(hasSteps(body) ? toOfferLines(body, query, view) : []),
      ...(hasSteps(body) && !isExplained ? [] : toRouteLines(body, isExplained, view)),
    ]);
  },
};

function toRouteLines(body: Json, isExplained: boolean, view: View): readonly string[] {
  const rows = toJsonList(body["candidates"]).map((candidate) => ({
    skill: candidate["skill"],
    sure: `${Math.round((toNumber(candidate["confidence"]) ?? 0) * 100)} %`,
    score: toNumber(candidate["score"])?.toFixed(3),
    ...(isExplained ? toFeatures(candidate) : {}),
  }));
  const decision = toText(body["decision"]) || toText(body["status"]);
  return [
    ...(decision === "" ? [] : [view.paint("bold", toLogWord(decision, view.locale).replaceAll("_", " "))]),
    ...toListLines(rows, [...new Set(rows.flatMap((row) => Object.keys(row)))], view),
    ...(isExplained ? toEmbeddingLines(toJson(body["embeddings"]), view.locale) : []),
  ];
}

/** None where the operator has chosen none. */
function toEmbeddingLines(embeddings: Json, locale: Locale): readonly string[] {
  const model = toText(embeddings["model"]);
  if (model === "") return [];
  const [texts, weight] = [toNumber(embeddings["texts"]) ?? 0, toNumber(embeddings["weight"])];
  return locale === "ru"
    ? [
        `Эмбеддинги: ${model} · текстов ${texts} · ${weight === null ? "вес ещё не измерен" : `вес ${weight}`}`,
      ]
    : [
        `Embeddings: ${model} · ${texts} texts · ${weight === null ? "weight not measured yet" : `weight ${weight}`}`,
      ];
}

function toFeatures(candidate: Json): Json {
  return Object.fromEntries(
    Object.entries(toJson(candidate["features"])).map(([name, value]) => [name, toNumber(value)?.toFixed(2)]),
  );
}

export const evaluate: Command = {
  name: "eval",
  summary: {
    en: "try an expression, on the values of a run if one is named",
    ru: "вычислить выражение, со значениями запуска, если он назван",
  },
  words: "<expression...>",
  options: [
    {
      flags: "--run <run>",
      summary: {
        en: "the run whose steps and input it may use",
        ru: "запуск, чьи шаги и входные данные можно использовать",
      },
    },
  ],
  examples: ["npx skillos eval 'batch.first.cost_per_kg * 40' --run r-7k2m9x"],
  async run(given, shell) {
    const run = toOption(given, "run");
    const json = { expression: toSentence(given), ...(run === "" ? {} : { run_id: run }) };
    return showAnswer(await shell.call("POST /eval", { json }), shell, ({ value }) => [
      typeof value === "string" ? value : JSON.stringify(value, null, 2),
    ]);
  },
};

export const configExplain: Command = {
  name: "config explain",
  summary: {
    en: "every environment variable: its value, its default, what it does",
    ru: "все переменные окружения: значение, значение по умолчанию, что делает",
  },
  words: "[name]",
  async run(given, shell) {
    const wanted = toWord(given, 0);
    return showAnswer(await shell.call("GET /config"), shell, (body, view) => {
      const all = toJsonList(body["variables"]);
      const rows = all.filter((row) => wanted === "" || toText(row["name"]) === wanted).map(toConfigRow);
      return toListLines(rows, ["variable", "value", "default", "effect"], { ...view, width: null });
    });
  },
};

function toConfigRow(row: Json): Json {
  return { variable: row["name"], value: row["value"], default: row["fallback"], effect: row["effect"] };
}
