// From what skills declare to an index. It is run when the registry changes, never on the way of a request.
import { fitCalibration } from "./calibration/fit.ts";
import type { TrainingRow } from "./calibration/folds.ts";
import type { RoutingDocument } from "./document.ts";
import { type IndexedSkill, type RoutingIndex, SKILL_LIMIT, toIndex } from "./index-type.ts";
import { toRequest, trainModel } from "./model/model.ts";
import { findStrangers } from "./model/strangers.ts";

export function buildIndex(documents: readonly RoutingDocument[]): RoutingIndex {
  const skills = documents.slice(0, SKILL_LIMIT).map(toIndexedSkill).sort(byId);
  const rows = skills.flatMap((skill, number) => toRows(skill, number));
  const strangers = findStrangers(rows).map(
    (request): TrainingRow => ({ ...request, skill: skills.length, isRequest: true }),
  );
  const all = [...rows, ...strangers];
  const model = trainModel(all, skills.length + 1);
  return toIndex(skills, model, fitCalibration(all, skills.length));
}

function toRows(skill: IndexedSkill, number: number): TrainingRow[] {
  const requests = skill.requests.map((text) => ({ ...toRequest(text), skill: number, isRequest: true }));
  const names = skill.names.map((text) => ({ ...toRequest(text), skill: number, isRequest: false }));
  return [...requests, ...names];
}

function toIndexedSkill(document: RoutingDocument): IndexedSkill {
  const { id, tags, phrases, description, inputNames } = document;
  const requests = [...phrases.ru, ...phrases.en, ...(document.corrections ?? [])];
  const name = id.split(/[/_-]+/).join(" ");
  const described =
    typeof description === "string" ? [description] : [description.ru ?? "", description.en ?? ""];
  const names = [[name, ...tags, ...inputNames].join(" "), ...described].filter((text) => text.trim() !== "");
  return { id, tags, demerit: document.demerit ?? 0, requests: [...new Set(requests)], names };
}

function byId(one: IndexedSkill, other: IndexedSkill): number {
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}
