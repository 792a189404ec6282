// Policies as resources: the two documents that say who may what and whose yes is needed. One that a tenant did not write is the
// default one.
import { z } from "zod";
import { DEFAULT_TEXTS } from "../../kernel/policy/default-policies.ts";
import { findIdleRules } from "../../kernel/policy/idle-rules.ts";
import { isPolicyName, POLICY_NAMES, type Policy, type PolicyRule } from "../../kernel/policy/policy.ts";
import type { PolicySet } from "../../kernel/policy/policy-set.ts";
import type { FileMistake, Refusal } from "../../kernel/domain/refusal.ts";
import { findNearestName } from "../../kernel/language/nearest-name.ts";
import type { CatalogueSnapshot } from "../../kernel/ports/catalogue.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { defineOperation } from "../operation.ts";
import { applyFiles, noteFiles, toProblem } from "../skills/registry-files.ts";
import { putFile } from "../skills/skills.ts";

const Place = z.strictObject({ name: z.string() });

export const policyList = defineOperation({
  name: "policy-list",
  summary: "The rules that hold: the tenant's own, and those that come with SkillOS.",
  permission: "admin",
  http: "GET /policies",
  input: z.object({}),
  async run(platform, call) {
    const snapshot = await platform.loadFresh(call.principal.tenant);
    const { policies } = snapshot.policies;
    const own = policies.filter(({ isDefault }) => !isDefault).map(({ policy }) => policy);
    const hints = await findHints(platform, snapshot, own);
    return {
      body: {
        version: snapshot.version,
        policies: policies.map(toBody),
        hints: hints.map((hint) => toProblem(hint, call.locale)),
      },
    };
  },
});

export const policyGet = defineOperation({
  name: "policy-get",
  summary: "One policy as it was written; the default one where the tenant wrote none.",
  permission: "admin",
  http: "GET /policies/{name}",
  input: Place,
  async run(platform, call) {
    const { name } = call.input;
    if (!isPolicyName(name)) return { refusal: toUnknown(name) };
    const { tenant } = call.principal;
    const { policies } = await platform.loadFresh(tenant);
    const [own] = policies.policies.filter(({ policy }) => policy.name === name);
    const source = await platform.registry.loadSource(tenant, "policy", name);
    return { body: { ...(own ? toBody(own) : { name }), source: source ?? DEFAULT_TEXTS[name] } };
  },
});

export const policyPut = defineOperation({
  name: "policy-put",
  summary:
    "Takes a policy as YAML or JSON; from the next admission and the next write on it holds. `hints` tells of rules that are for nothing.",
  permission: "admin",
  http: "PUT /policies/{name}",
  audited: "registry.put",
  input: Place,
  rawBody: true,
  async run(platform, call) {
    const { name } = call.input;
    if (!isPolicyName(name)) return { refusal: toUnknown(name) };
    const put = await putFile(platform, call, `policies/${name}.yaml`);
    if (put) return put;
    const { tenant } = call.principal;
    const snapshot = await platform.loadFresh(tenant);
    const own = snapshot.policies.policies.find(
      ({ policy, isDefault }) => policy.name === name && !isDefault,
    );
    const hints = own === undefined ? [] : await findHints(platform, snapshot, [own.policy]);
    const told = hints.map((hint) => toProblem(hint, call.locale));
    return { body: { name, hash: own?.policy.hash, rules: own?.policy.rules.length ?? 0, hints: told } };
  },
});

export const policyDrop = defineOperation({
  name: "policy-drop",
  summary: "Takes a policy away; the default one holds again.",
  permission: "admin",
  http: "DELETE /policies/{name}",
  audited: "registry.put",
  input: Place,
  async run(platform, call) {
    const { name } = call.input;
    const { tenant } = call.principal;
    const found = await platform.registry.loadSource(tenant, "policy", name);
    if (found === null) return { refusal: toUnknown(name) };
    const target = `policies/${name}.yaml`;
    const files = [{ path: target, deleted: true }];
    const applied = await applyFiles(platform, tenant, {
      ...{ files, complete: false, origin: "http" },
      by: call.principal.user,
    });
    await noteFiles(platform, call, { target, applied });
    return { body: { name, removed: true } };
  },
});

/** Rules that are for nothing, as far as skills and users are known now. */
async function findHints(
  platform: Platform,
  { tenant, skills }: CatalogueSnapshot,
  policies: readonly Policy[],
): Promise<readonly FileMistake[]> {
  if (policies.length === 0) return [];
  const known = { skills: [...skills.keys()], people: await platform.users.list(tenant.id) };
  return policies.flatMap((policy) => findIdleRules(policy, known));
}

function toUnknown(name: string): Refusal {
  const suggestion = findNearestName(name, POLICY_NAMES) ?? undefined;
  return { reason: "not_found", what: "policy", id: name, suggestion };
}

function toBody({ policy, isDefault }: PolicySet["policies"][number]) {
  const { name, defaults, hash, rules } = policy;
  return { name, default: isDefault, defaults, hash, rules: rules.map(toRuleBody) };
}

function toRuleBody({ id, effect, by, at, roles, users, skills, actions, channels, when }: PolicyRule) {
  const named = { roles, users, skills, actions, channels, when };
  const said = Object.entries(named).filter(([, value]) => value !== null);
  const place = { file: at.file, line: at.line };
  return { id, effect, ...(effect === "ask" ? { by } : {}), ...Object.fromEntries(said), ...place };
}
