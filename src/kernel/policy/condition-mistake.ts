// What a condition has against it, in both languages: raised while it is checked, caught where the check began.
import type { ASTNode } from "@marcbachmann/cel-js";
import type { BothLanguages } from "../domain/text.ts";
import { toNodeSource } from "../language/expression-node.ts";
import { findNearestName } from "../language/nearest-name.ts";
import type { ConditionType } from "./condition-type.ts";

export interface ConditionMistake {
  readonly rule: "unknown_name" | "wrong_type" | "wrong_expression";
  readonly message: BothLanguages;
  readonly mend: BothLanguages;
  /** 1-based, in the text of the condition. */
  readonly column: number;
}

export class Unfit extends Error {
  readonly mistake: ConditionMistake;
  constructor(mistake: ConditionMistake) {
    super(mistake.message.en);
    this.mistake = mistake;
  }
}

export const KINDS: Readonly<Record<ConditionType["is"], BothLanguages>> = {
  any: { en: "a value", ru: "значение" },
  boolean: { en: "true or false", ru: "да или нет" },
  number: { en: "a number", ru: "число" },
  text: { en: "text", ru: "текст" },
  list: { en: "a list", ru: "список" },
  map: { en: "an object", ru: "объект" },
};

export function unfit(node: ASTNode, message: BothLanguages, mend: BothLanguages): never {
  throw new Unfit({ rule: "wrong_type", message, mend, column: node.start + 1 });
}

export function unknownName(node: ASTNode, name: string, known: readonly string[]): never {
  const nearest = findNearestName(name, known);
  const all = known.join(", ");
  throw new Unfit({
    rule: "unknown_name",
    message: {
      en: `${toNodeSource(node)} is not known here.`,
      ru: `${toNodeSource(node)} здесь неизвестно.`,
    },
    mend:
      nearest === null
        ? { en: `Known here: ${all}.`, ru: `Здесь бывает: ${all}.` }
        : { en: `Did you mean ${nearest}?`, ru: `Может быть, ${nearest}?` },
    column: node.start + 1,
  });
}
