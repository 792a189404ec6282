// API keys: listed, made, ended and replaced. A key is printed once, by itself on its line, so that it can be copied.
import { MAX_OVERLAP_SECONDS } from "../../../kernel/ports/keys.ts";
import type { BothLanguages } from "../../../kernel/domain/text.ts";
import { type Command, type Given, hasOption, toCount, toOption, toOptions, toWord } from "../command.ts";
import { type Json, toJson, toJsonList, toList, toText } from "../json.ts";
import { formatZoned } from "../show/value.ts";
import type { View } from "../show/view.ts";
import { showAnswer, toListLines, withZone } from "./show-answer.ts";

const EXPIRES = {
  flags: "--expires-at <time>",
  summary: {
    en: "when it ends, as 2026-12-31T18:00:00+03:00; where it is left out, never",
    ru: "когда кончается, например 2026-12-31T18:00:00+03:00; если не задано, никогда",
  },
};

export const keysList: Command = {
  name: "keys list",
  summary: {
    en: "your keys, for an owner everybody's; the keys themselves are not shown",
    ru: "ваши ключи, владельцу — ключи всех; сами ключи не показываются",
  },
  run: async (_given, shell) =>
    showAnswer(await withZone(await shell.call("GET /keys"), shell), shell, (body, view) => {
      const rows = toJsonList(body["keys"]).map((key) => toRow(key, view));
      return toListLines(
        rows,
        ["id", "name", "user", "scopes", "skills", "made with", "until", "used"],
        view,
      );
    }),
};

function toRow(key: Json, view: View): Json {
  const at = (name: string): string =>
    toText(key[name]) === "" ? "—" : formatZoned(toText(key[name]), view);
  return {
    ...key,
    scopes: toList(key["scopes"]).map(toText).join(" "),
    skills: toList(key["skills"]).map(toText).join(" ") || "*/*",
    "made with": toText(key["made_with"]) || "—",
    until: at("expires_at"),
    used: at("last_used_at"),
  };
}

export const keysAdd: Command = {
  name: "keys add",
  summary: {
    en: "make a key; it is shown this once",
    ru: "создать ключ; он показывается один раз",
  },
  words: "<name>",
  options: [
    {
      flags: "--scope <scope>",
      summary: {
        en: "read, run, build or admin; where it is left out, all that you have",
        ru: "read, run, build или admin; если не задано, все ваши права",
      },
      many: true,
    },
    {
      flags: "--skill <skill>",
      summary: {
        en: "a skill that it reaches, or several: travel/*; where it is left out, all that you reach",
        ru: "доступный навык или несколько: travel/*; если не задано, все доступные вам",
      },
      many: true,
    },
    EXPIRES,
    {
      flags: "--user <name>",
      summary: { en: "whose key it is, where you are an owner", ru: "чей это ключ; это может владелец" },
    },
  ],
  examples: ['npx skillos keys add "booking site" --scope run --skill "travel/*"'],
  async run(given, shell) {
    const [scopes, skills] = [toOptions(given, "scope"), toOptions(given, "skill")];
    const json = {
      name: toWord(given, 0),
      ...(scopes.length === 0 ? {} : { scopes }),
      ...(skills.length === 0 ? {} : { skills }),
      ...toFilled(given, "user", "user"),
      ...toFilled(given, "expiresAt", "expires_at"),
    };
    return showAnswer(await shell.call("POST /keys", { json }), shell, toKeyLines);
  },
};

function toFilled(given: Given, option: string, field: string): Json {
  const text = toOption(given, option);
  return text === "" ? {} : { [field]: text };
}

function toKeyLines(body: Json, { words }: View): readonly string[] {
  const idle = toList(body["matches_nothing"]).map(toText);
  return [
    `✓ ${toText(body["id"])}`,
    ...(idle.length === 0 ? [] : [`! ${words.matchesNothing(idle.join(", "))}`]),
    `  ${words.keyOnce}`,
    toText(body["key"]),
  ];
}

export const keysRevoke: Command = {
  name: "keys revoke",
  summary: {
    en: "end a key: within 5 seconds it is refused everywhere",
    ru: "отозвать ключ: не позже чем через 5 секунд он нигде не подойдёт",
  },
  words: "<key>",
  options: [
    {
      flags: "--with-descendants",
      summary: {
        en: "also all keys that were made with it, and with those; for one that was stolen",
        ru: "и все ключи, созданные с его помощью, и созданные с помощью тех; если ключ украли",
      },
    },
  ],
  run: async (given, shell) =>
    showAnswer(await shell.call(toRevocation(given)), shell, (body, view) => [
      ...[body["id"], ...toList(body["descendants"])].map((id) => view.words.removed(toText(id))),
      ...toStopLines(toJson(body["stops"]), view),
      ...toStillGoodLines(toList(body["still_good"]).map(toText), view),
    ]),
};

/** Whoever had it in his hands may have made himself others. */
function toStillGoodLines(ids: readonly string[], { words }: View): readonly string[] {
  return ids.length === 0 ? [] : [`  ${words.stillGood(ids.join(", "))}`];
}

/** What it set up ends with it. */
function toStopLines(stops: Json, { words }: View): readonly string[] {
  const ids = [...toList(stops["webhooks"]), ...toList(stops["schedules"])].map(toText);
  return ids.length === 0 ? [] : [`  ${words.stopsWith(ids.join(", "))}`];
}

function toRevocation(given: Given): string {
  return `${toRoute("DELETE", given)}${hasOption(given, "withDescendants") ? "?with_descendants=true" : ""}`;
}

function toRoute(method: string, given: Given): string {
  return `${method} /keys/${encodeURIComponent(toWord(given, 0))}`;
}

const OVERLAP: BothLanguages = {
  en: "how long the old one is good beside it, a day where it is left out",
  ru: "сколько старый действует рядом с новым; если не задано, сутки",
};

export const keysRotate: Command = {
  name: "keys rotate",
  summary: {
    en: "make a new key instead of one; the old one goes on for an overlap",
    ru: "заменить ключ новым; старый ещё некоторое время действует",
  },
  words: "<key>",
  options: [{ flags: "--overlap-seconds <seconds>", summary: OVERLAP }, EXPIRES],
  async run(given, shell) {
    const flag = { name: "--overlap-seconds", option: "overlapSeconds", least: 0, most: MAX_OVERLAP_SECONDS };
    const seconds = toCount(given, flag);
    const json = {
      ...(seconds === "" ? {} : { overlap_seconds: Number(seconds) }),
      ...toFilled(given, "expiresAt", "expires_at"),
    };
    const answer = await shell.call(`${toRoute("POST", given)}/rotate`, { json });
    return showAnswer(await withZone(answer, shell), shell, (body, view) => {
      const old = toJson(body["old"]);
      const until = formatZoned(toText(old["until"]), view);
      return [...toKeyLines(body, view), `  ${view.words.keyUntil(toText(old["id"]), until)}`];
    });
  },
};
