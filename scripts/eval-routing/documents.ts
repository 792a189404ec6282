// Routing data as what skills declare.
import type { SkillId } from "../../src/kernel/domain/id.ts";
import type { RoutingDocument } from "../../src/kernel/routing/document.ts";
import type { DataRow, DataSkill } from "./data.ts";

export function toSkillId(id: string): SkillId {
  return `skill/${id}`;
}

export function toDataId(id: SkillId): string {
  return id.replace("skill/", "");
}

/** Skills without an example are left out when there are examples at all: no set judges them. */
export function toDocuments(skills: readonly DataSkill[], examples: readonly DataRow[]): RoutingDocument[] {
  const bySkill = new Map<string, DataRow[]>();
  for (const row of examples) {
    if (row.skill === null) continue;
    const rows = bySkill.get(row.skill);
    if (rows) rows.push(row);
    else bySkill.set(row.skill, [row]);
  }
  const kept = examples.length > 0 ? skills.filter((skill) => bySkill.has(skill.id)) : skills;
  return kept.map((skill) => toDocument(skill, bySkill.get(skill.id) ?? []));
}

export function toDocument(skill: DataSkill, rows: readonly DataRow[]): RoutingDocument {
  const textsOf = (isRussian: boolean) =>
    rows.filter((row) => (row.lang === "ru") === isRussian).map((row) => row.query);
  return {
    id: toSkillId(skill.id),
    description: skill.description ? `${skill.name}. ${skill.description}` : skill.name,
    tags: [],
    phrases: { ru: textsOf(true), en: textsOf(false) },
    inputNames: skill.params ? skill.params.split("; ") : [],
  };
}
