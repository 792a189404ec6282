// What is shown above a result: the skill and its title, how sure, the values. What an answer does not say is asked for.
import type { Answer } from "../client.ts";
import { type Json, toJsonList, toText } from "../json.ts";
import { type Shell, toView } from "../shell.ts";
import { toUnderstoodLines } from "../show/understood.ts";
import type { Talk } from "./converse.ts";
import type { Wish } from "./wish.ts";

/** Nothing was understood, or it is shown as a list. */
const WITHOUT: ReadonlySet<string> = new Set(["no_skill_found", "needs_choice"]);

export async function loadUnderstoodLines(talk: Talk, wish: Wish, shell: Shell): Promise<readonly string[]> {
  if (WITHOUT.has(toText(talk.told["status"]))) return [];
  const told = await withSkill(talk.told, talk.answer, { wish, shell });
  const title = toText(told["description"]) || (await loadTitle(toText(told["skill"]), shell));
  return toUnderstoodLines(told, title, toView(shell));
}

/** A refusal for its price does not say which skill was meant; the router does. Other refusals need no skill to be understood. */
async function withSkill(
  told: Json,
  answer: Answer,
  { wish, shell }: { wish: Wish; shell: Shell },
): Promise<Json> {
  if (toText(told["skill"]) !== "" || answer.status !== 402 || wish.query === null) return told;
  const { body } = await shell.call(`GET /route?q=${encodeURIComponent(wish.query)}`);
  const [best] = toJsonList(body["candidates"]);
  return { skill: best?.["skill"], confidence: best?.["confidence"] };
}

async function loadTitle(skill: string, shell: Shell): Promise<string> {
  return skill === "" ? "" : toText((await shell.call(`GET /skills/${skill}`)).body["description"]);
}
