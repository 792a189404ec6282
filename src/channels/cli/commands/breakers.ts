// `breakers`: services that were called lately, which of them are left alone and why, and how one is called again.
import { type Command, toWord } from "../command.ts";
import { type Json, toJson, toJsonList, toText } from "../json.ts";
import { formatZoned } from "../show/value.ts";
import type { View } from "../show/view.ts";
import { toLogWord } from "../words/log-words.ts";
import { MONEY_WORDS } from "../words/money-words.ts";
import { showAnswer, toListLines } from "./show-answer.ts";

export const breakers: Command = {
  name: "breakers",
  summary: {
    en: "services that were called lately: which are left alone, why, and until when",
    ru: "службы, к которым обращались недавно: какие отключены, почему и до каких пор",
  },
  run: async (_given, shell) =>
    showAnswer(await shell.call("GET /breakers"), shell, (body, view) =>
      toListLines(
        toJsonList(body["breakers"]).map((breaker) => toRow(breaker, view)),
        ["host", "state", "why", "until", "calls", "failed", "slow"],
        view,
      ),
    ),
};

/** Of one that is left alone nothing is counted any more: what it was left alone for is. */
function toRow({ host, state, why, until, last_minute, at_opening = last_minute }: Json, view: View): Json {
  const word = (text: unknown): string => toLogWord(toText(text), view.locale);
  const moment = toText(until);
  return {
    host,
    state: word(state),
    why: word(why),
    until: moment === "" ? "" : formatZoned(moment, view),
    ...toJson(at_opening),
  };
}

export const breakersReset: Command = {
  name: "breakers reset",
  summary: {
    en: "call a service again at once, without waiting until it is tried",
    ru: "снова обращаться к службе сразу, не дожидаясь пробы",
  },
  words: "<host>",
  async run(given, shell) {
    const answer = await shell.call("POST /breakers/reset", { json: { host: toWord(given, 0) } });
    return showAnswer(answer, shell, (body, { locale }) => [
      MONEY_WORDS[locale].breakerReset(toText(body["host"])),
    ]);
  },
};
