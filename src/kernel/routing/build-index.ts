// From what skills declare to an index. It is run when the registry changes, never on the way of a request.
import { fitCalibration } from "./calibration/fit.ts";
import type { RoutingDocument } from "./document.ts";
import { type IndexedSkill, type RoutingIndex, SKILL_LIMIT, toIndex } from "./index-type.ts";
import { type Row, toRow, trainModel } from "./model/model.ts";

export function buildIndex(documents: readonly RoutingDocument[]): RoutingIndex {
  const skills = documents.slice(0, SKILL_LIMIT).map(toIndexedSkill).sort(byId);
  const rows: Row[] = [];
  const requests: boolean[] = [];
  skills.forEach((skill, number) => {
    for (const text of [...skill.requests, ...skill.names]) rows.push(toRow(number, text));
    for (let at = 0; at < skill.requests.length + skill.names.length; at++) requests.push(at < skill.requests.length);
  });
  const model = trainModel(rows, skills.length);
  return toIndex(skills, model, fitCalibration(rows, requests, skills.length));
}

function toIndexedSkill(document: RoutingDocument): IndexedSkill {
  const { id, tags, phrases, description, inputNames } = document;
  const requests = [...phrases.ru, ...phrases.en, ...(document.corrections ?? [])];
  const name = id.split(/[/_-]+/).join(" ");
  const described = typeof description === "string" ? [description] : [description.ru ?? "", description.en ?? ""];
  const names = [[name, ...tags, ...inputNames].join(" "), ...described].filter((text) => text.trim() !== "");
  return { id, tags, demerit: document.demerit ?? 0, requests: [...new Set(requests)], names };
}

function byId(one: IndexedSkill, other: IndexedSkill): number {
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}
