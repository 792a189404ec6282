// Which rows are not as they were when somebody said yes to them, and how: gone, other than before, or new.
import type { Entity } from "../../kernel/domain/effect.ts";
import type { BothLanguages } from "../../kernel/domain/text.ts";
import { Refused } from "../../kernel/domain/refusal.ts";

const SHOWN_ENTITIES = 5;

interface Drift {
  readonly entities: readonly Entity[];
  readonly agreed: readonly Entity[];
  readonly target: string;
  readonly class: "write" | "delete";
}

export function toDrift({ entities, agreed, target, class: kind }: Drift): Refused {
  // What has changed is named as it was named to who said yes.
  const labels = new Map(agreed.map(({ id, label }) => [id, label]));
  const groups: Record<Change, Map<string, string>> = {
    gone: new Map(),
    changed: new Map(),
    fresh: new Map(),
  };
  for (const one of entities) {
    const times = entities.filter(({ id }) => id === one.id).length;
    groups[toChange(one, labels.has(one.id), times)].set(one.id, labels.get(one.id) ?? one.label);
  }
  const told = CHANGES.flatMap(([change, words]) => toSentence([...groups[change].values()], words));
  const [en, ru] = kind === "delete" ? ["deleted", "удалено"] : ["changed", "изменено"];
  return new Refused({
    reason: "plan_drift",
    message: {
      en: [
        `In ${target} it is not what you were shown.`,
        ...told.map((one) => one.en),
        `Nothing was ${en}.`,
      ].join(" "),
      ru: [`В ${target} уже не то, что вам показали.`, ...told.map((one) => one.ru), `Ничего не ${ru}.`].join(
        " ",
      ),
    },
    before: `${target}, as approved`,
    now: entities.map((entity) => entity.id).join(", "),
  });
}

type Change = "gone" | "changed" | "fresh";

const CHANGES: readonly (readonly [Change, BothLanguages])[] = [
  ["gone", { en: "Gone or no longer meant", ru: "Больше нет или уже не подходит" }],
  ["changed", { en: "Changed", ru: "Изменилось" }],
  ["fresh", { en: "New", ru: "Добавилось" }],
];

/** A row that is other than before is listed twice: as it was agreed to, and as it is. A row to insert has no id yet. */
function toChange({ before }: Entity, isAgreed: boolean, times: number): Change {
  if (before === undefined || times > 1) return "changed";
  return isAgreed ? "gone" : "fresh";
}

function toSentence(labels: readonly string[], words: BothLanguages): readonly { en: string; ru: string }[] {
  if (labels.length === 0) return [];
  const shown = labels.slice(0, SHOWN_ENTITIES).join("; ");
  const more = labels.length - SHOWN_ENTITIES;
  const [enMore, ruMore] = more > 0 ? [` and ${more} more`, ` и ещё ${more}`] : ["", ""];
  return [{ en: `${words.en}: ${shown}${enMore}.`, ru: `${words.ru}: ${shown}${ruMore}.` }];
}
