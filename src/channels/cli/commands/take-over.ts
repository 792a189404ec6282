// What another key set up is bound to this one from now on.
import { type Given, toWord } from "../command.ts";
import { toText } from "../json.ts";
import type { Shell } from "../shell.ts";
import { WEBHOOK_WORDS } from "../words/webhook-words.ts";
import { showAnswer } from "./show-answer.ts";

export async function takeOver(what: "schedules" | "webhooks", given: Given, shell: Shell): Promise<number> {
  const route = `PUT /${what}/${encodeURIComponent(toWord(given, 0))}`;
  const answer = await shell.call(route, { json: { take_over: true } });
  return showAnswer(answer, shell, (body, { words, locale }) => {
    const [id, user, secretBy] = [toText(body["id"]), toText(body["user"]), toText(body["secret_by"])];
    const known =
      secretBy === "" || secretBy === user ? [] : [`  ${WEBHOOK_WORDS[locale].secretOf(secretBy, id)}`];
    return [words.takenOver(id, user), ...known];
  });
}
