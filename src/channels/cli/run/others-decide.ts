// A run that waits for somebody else's yes: who that is, what he runs, and why a link does not reach him.
import { type Json, toJson, toList, toText } from "../json.ts";
import { toRunShort } from "../show/result.ts";
import type { View } from "../show/view.ts";
import { APPROVAL_WORDS } from "../words/approval-words.ts";

/** Empty: whoever asked may answer himself. */
export function toOthersDecide(body: Json, { locale }: View): readonly string[] {
  const approval = toJson(body["approval"]);
  const who = toList(approval["who"]).map(toText);
  if (approval["mine"] !== false) return [];
  const words = APPROVAL_WORDS[locale];
  return [
    words.othersDecide(who.join(", "), toRunShort(body)),
    ...toList(approval["no_link"]).map((user) => words.noLink(toText(user))),
  ];
}
