// Checks what serves: that everything a skill names exists. Files are checked by the parser when they are read.
import { z } from "zod";
import type { Connector } from "../../kernel/domain/connector.ts";
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Skill, Step } from "../../kernel/domain/skill.ts";
import { type BothLanguages, type Text, toPlain } from "../../kernel/domain/text.ts";
import { toSecretKeys } from "../../kernel/door/own-secrets.ts";
import { findIdleRules } from "../../kernel/policy/idle-rules.ts";
import { findNearestName } from "../../kernel/language/nearest-name.ts";
import type { CatalogueSnapshot } from "../../kernel/ports/catalogue.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { defineOperation } from "../operation.ts";

/** A routing index learns little from fewer. */
const FEW_PHRASES = 5;

interface Finding {
  readonly skill: string;
  readonly rule: string;
  readonly message: Text;
  readonly severity: "error" | "warning";
  /** What is not there, as the skill's file writes it. */
  readonly names?: string;
}

export const validate = defineOperation({
  name: "validate",
  needsEverySkill: true,
  summary:
    "Checks the skills that serve; with check_entrypoints also that every connector, secret, skill and model they name exists.",
  permission: "read",
  http: "POST /validate",
  input: z.strictObject({ check_entrypoints: z.boolean().default(true) }),
  async run(platform, call) {
    const catalogue = await platform.loadFresh(call.principal.tenant);
    const findings: Finding[] = [];
    for (const skill of catalogue.skills.values()) {
      findings.push(...findWarnings(skill));
      if (call.input.check_entrypoints) findings.push(...(await findBroken(platform, catalogue, skill)));
    }
    findings.push(...findIdle(catalogue));
    const errors = findings.filter((finding) => finding.severity === "error").length;
    return {
      body: {
        ok: errors === 0,
        skills: catalogue.skills.size,
        errors,
        warnings: findings.length - errors,
        findings: findings.map((finding) => ({
          ...finding,
          message: toPlain(finding.message, call.locale),
        })),
      },
    };
  },
});

/** Rules that are for nothing. Of users nothing is said here: who may validate need not know who there is. */
function findIdle({ policies, skills }: CatalogueSnapshot): Finding[] {
  const own = policies.policies.filter(({ isDefault }) => !isDefault);
  return own.flatMap(({ policy }) =>
    findIdleRules(policy, { skills: [...skills.keys()] }).map(({ at, rule, message }) => ({
      ...{ skill: `${at.file}:${at.line}`, rule, message },
      severity: "warning" as const,
    })),
  );
}

/** Keys that the format knows and this version does not act on: said, so that nobody relies on them. */
const NOT_YET = ["onlyNew", "cacheMs", "undo"];

function findWarnings(skill: Skill): Finding[] {
  const { ru, en } = skill.phrases;
  const idle = skill.steps.flatMap((step) => Object.keys(step).filter((key) => NOT_YET.includes(key)));
  const early = [...new Set(idle)].map((key): Finding => {
    const name = { onlyNew: "only_new", cacheMs: "cache" }[key] ?? key;
    return {
      skill: skill.id,
      rule: "not_yet",
      message: {
        en: `${name} is accepted and does nothing yet`,
        ru: `${name} принимается, но пока ничего не делает`,
      },
      severity: "warning",
    };
  });
  const few = [
    ["ru", ru.length],
    ["en", en.length],
  ].flatMap(([language, count]) => {
    if (Number(count) >= FEW_PHRASES) return [];
    const message = {
      en: `has ${count} phrases in ${language}: requests in that language may not find it`,
      ru: `фраз на языке ${language}: ${count}; запросы на нём могут его не найти`,
    };
    return [{ skill: skill.id, rule: "few_phrases", message, severity: "warning" } as const];
  });
  return [...early, ...few];
}

async function findBroken(
  platform: Platform,
  catalogue: CatalogueSnapshot,
  skill: Skill,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const error = (rule: string, names: string, message: Text): void => {
    findings.push({ skill: skill.id, rule, message, severity: "error", names });
  };
  for (const guess of skill.steps.flatMap((step) => toGuesses(platform, step))) {
    if (guess.childSkill !== undefined && !catalogue.skills.has(guess.childSkill))
      error("unknown_skill", guess.childSkill, {
        en: `calls ${guess.childSkill}, which does not exist`,
        ru: `вызывает ${guess.childSkill}, а такого навыка нет`,
      });
    const connector = guess.connector === undefined ? null : catalogue.connectors.get(guess.connector);
    if (connector === undefined)
      error("unknown_connector", String(guess.connector), toNoConnector(String(guess.connector), catalogue));
    else if (connector !== null)
      findings.push(...(await findMissingSecrets(platform, catalogue.tenant.id, { skill, connector })));
    const model = toModel(guess.request);
    if (guess.via === "model" && model !== null && !platform.hasModel(model))
      error("unknown_model", model, {
        en: `asks the model ${model}, which is not configured`,
        ru: `спрашивает модель ${model}, а она не настроена`,
      });
  }
  return findings;
}

function toNoConnector(name: string, { connectors }: CatalogueSnapshot): BothLanguages {
  const nearest = findNearestName(name, connectors.keys());
  return {
    en: `uses the connector ${name}, which does not exist${nearest === null ? "" : `: did you mean ${nearest}?`}`,
    ru: `берёт коннектор ${name}, а его нет${nearest === null ? "" : `: может быть, ${nearest}?`}`,
  };
}

function toGuesses(platform: Platform, step: Step): ReturnType<Platform["kinds"][number]["effects"]> {
  const kind = platform.surroundings.kinds.get(step.kind);
  if (!kind) return [];
  return [
    ...kind.effects(step.with, step),
    ...Object.values(kind.blocks?.(step.with) ?? {})
      .flat()
      .flatMap((child) => toGuesses(platform, child)),
  ];
}

/** Practice data stands in for a service without its key: worth a warning, not an error. */
async function findMissingSecrets(
  platform: Platform,
  tenant: TenantId,
  place: { skill: Skill; connector: Connector },
): Promise<Finding[]> {
  const { skill, connector } = place;
  const findings: Finding[] = [];
  for (const key of new Set(toSecretKeys(connector))) {
    if ((await platform.secrets.load(tenant, key)) !== null) continue;
    const command = `\`skillos secrets init --connector ${connector.name}\``;
    const message = {
      en: `the connector ${connector.name} needs ${key}: ${command}. Saved already? Start the server again`,
      ru: `коннектору ${connector.name} нужен ${key}: ${command}. Уже сохранили? Перезапустите сервер`,
    };
    findings.push({
      skill: skill.id,
      rule: "missing_secret",
      message,
      severity: connector.practice === undefined ? "error" : "warning",
    });
  }
  return findings;
}

function toModel(request: unknown): string | null {
  if (typeof request !== "object" || request === null || !("model" in request)) return null;
  const { model } = request;
  return typeof model === "string" && !model.includes("${{") ? model : null;
}
