// accept policy: policies and requests by chance, decided by the engine as it is served, from text to verdict, and by another one.
// They are to say the same, and to name the rule and the line that it stands in.
import { decide } from "../../src/kernel/policy/decide.ts";
import { toDefaults } from "../../src/kernel/policy/default-policies.ts";
import { toTimeFacts } from "../../src/kernel/policy/facts-time.ts";
import { parsePolicyFile } from "../../src/kernel/policy/policy-file.ts";
import type { Facts, Policy } from "../../src/kernel/policy/policy.ts";
import { compilePolicies, type PolicySet } from "../../src/kernel/policy/policy-set.ts";
import { createChance } from "../lib/chance.ts";
import type { Amounts, Check, Report } from "./check.ts";
import { type Answer, answer } from "./policy-engine.ts";
import { type Made, makePolicies, makeRequest, type Request } from "./policy-request.ts";

const DEFAULT_PAIRS = 100_000;
const REQUESTS_EACH = 40;
const TOLD_EVERY = 10_000;

export const policy: Check = {
  name: "policy",
  summary: `policies against another engine: --pairs ${DEFAULT_PAIRS}`,
  run: async (seed: number, amounts: Amounts, tell: (line: string) => void) =>
    judgePolicies({ seed, pairs: amounts["pairs"] ?? DEFAULT_PAIRS, tell }),
};

interface Wish {
  readonly seed: number;
  readonly pairs: number;
  readonly tell: (line: string) => void;
}

export function judgePolicies({ seed, pairs, tell }: Wish): Report {
  const chance = createChance(seed);
  const problems: string[] = [];
  const counts = { allowed: 0, denied: 0, asked: 0, open: 0, by_a_rule: 0, policies: 0 };
  for (let done = 0; done < pairs; ) {
    const made = makePolicies(chance);
    const set = compile(made);
    counts.policies += 1;
    for (let n = 0; n < REQUESTS_EACH && done < pairs; n += 1) {
      const request = makeRequest(chance);
      const wanted = answer(toPlain(made), request);
      problems.push(...findDifferences(set, { made, request, wanted }));
      count(counts, wanted);
      done += 1;
      if (done % TOLD_EVERY === 0) tell(`${done} of ${pairs} pairs, ${problems.length} differences`);
    }
  }
  return { figures: { pairs, ...counts, differences: problems.length }, problems };
}

function count(counts: Record<string, number>, { effect, asked, isOpen, rule }: Answer): void {
  const add = (name: string, is: boolean): void => {
    counts[name] = (counts[name] ?? 0) + (is ? 1 : 0);
  };
  add("allowed", effect === "allow");
  add("denied", effect === "deny");
  add("asked", asked !== "no");
  add("open", isOpen || asked === "unknown");
  add("by_a_rule", rule !== null);
}

const PERMISSION = "policies/permission_policies.json";
const APPROVAL = "policies/approval_policies.json";

function compile({ permission, approval }: Made): PolicySet {
  const read = (path: string, text: string): Policy => {
    const parsed = parsePolicyFile(path, text, toDefaults());
    if ("mistakes" in parsed) throw new Error(`${JSON.stringify(parsed.mistakes)}\n${text}`);
    return parsed.policy;
  };
  return compilePolicies([read(PERMISSION, permission.text), read(APPROVAL, approval.text)], toDefaults());
}

function toPlain({ rules, permission, approval }: Made) {
  return { rules, hasPermissionDefaults: permission.defaults, hasApprovalDefaults: approval.defaults };
}

function toFacts(request: Request): Facts {
  const {
    subject,
    skill,
    tags,
    skillRisk,
    action,
    effects,
    entities,
    costUsd,
    input,
    channel,
    risk,
    isFinal,
  } = request;
  const [domain = ""] = skill.split("/");
  return {
    ...{ subject, action, effects, input, channel, risk, isFinal },
    skill: { id: skill, domain, version: "1", tags, risk: skillRisk },
    amounts: { entities, cost_usd: costUsd },
    time: toTimeFacts(request.now, request.zone.name),
  };
}

interface Pair {
  readonly made: Made;
  readonly request: Request;
  readonly wanted: Answer;
}

function findDifferences(set: PolicySet, { made, request, wanted }: Pair): readonly string[] {
  const { effect, rule, isOpen, approval } = decide(set, toFacts(request));
  const found: Answer = {
    effect,
    rule: rule?.rule.id ?? null,
    isOpen,
    asked: approval.needed,
    by: approval.by,
  };
  const told =
    JSON.stringify(found) === JSON.stringify(wanted)
      ? []
      : [`${JSON.stringify(found)} is ${JSON.stringify(wanted)} elsewhere`];
  const places = [rule, approval.rule].flatMap((one) => {
    if (one === null || one.isDefault) return [];
    const { text } = one.rule.effect === "ask" ? made.approval : made.permission;
    const line = text.split("\n")[one.rule.at.line - 1] ?? "";
    // A rule of the other form is called by its skill.
    const name = one.rule.id.split(" ")[0] ?? "";
    return line.includes(JSON.stringify(name)) ? [] : [`${one.rule.id} is not on line ${one.rule.at.line}`];
  });
  const isAsked = (approval.needed === "no") === (approval.rule === null);
  const all = [...told, ...places, ...(isAsked ? [] : ["an approval without its rule"])];
  return all.map(
    (problem) => `${problem}: ${JSON.stringify(request)} under ${made.permission.text} ${made.approval.text}`,
  );
}
