// What a step is given: its templates resolved, the door, its own child steps. Nothing else reaches it.
import type { EffectAnswer, EffectRequest } from "../domain/effect.ts";
import { toEffectKey } from "../domain/effect.ts";
import type { SkillId } from "../domain/id.ts";
import { type RefusalOf, Refused } from "../domain/refusal.ts";
import type { Skill, Step } from "../domain/skill.ts";
import type { StepContext } from "../domain/step-kind.ts";
import { toPlainJson } from "../language/expression-values.ts";
import { bindTemplate, resolveTemplate } from "../language/template.ts";
import { decideInput } from "../stages/input.ts";
import type { Execution, Frame } from "./execution.ts";
import { MAX_SKILL_DEPTH } from "./execution.ts";
import { isChanged } from "./is-changed.ts";
import { toOutput } from "./output.ts";
import { copyScope, UnknownAnswer } from "./unknown.ts";

export function openStepContext(
  execution: Execution,
  step: Step,
  place: { frame: Frame; path: string },
): StepContext {
  const { frame, path } = place;
  let effects = 0;
  return {
    step,
    resolve: (template) => resolveTemplate(template, frame.scope),
    bind: (text) => bindTemplate(text, frame.scope),
    async perform(effect: EffectRequest): Promise<EffectAnswer> {
      effects += 1;
      if (isChanged(execution, effect)) throw new UnknownAnswer(path);
      const answer = await execution.door.perform(
        execution.session,
        { key: toEffectKey(execution.runId, path, effects), step: path, isOver: frame.isOver },
        effect,
      );
      if (answer.isLeftOut) throw new UnknownAnswer(path);
      return answer;
    },
    async runBlock(steps, name) {
      const scope = copyScope(frame.scope);
      await execution.runBlock(execution, steps, { ...frame, scope, prefix: `${path}/${name}/` });
      return copyScope(
        scope,
        steps.map(({ id }) => id),
      );
    },
    runSkill: (id, input) => runSkill(execution, { id, input, path, isOver: frame.isOver }),
  };
}

async function runSkill(
  execution: Execution,
  call: { id: SkillId; input: Readonly<Record<string, unknown>>; path: string; isOver: () => boolean },
): Promise<unknown> {
  const skill = execution.skills.get(call.id);
  if (!skill) throw new Refused({ reason: "not_found", what: "skill", id: call.id });
  if (call.path.split("/").length > MAX_SKILL_DEPTH) {
    throw new Refused({
      reason: "step_failed",
      step: call.path,
      message: { en: "skills call each other too deeply", ru: "навыки слишком глубоко зовут друг друга" },
      retryable: false,
    });
  }
  const scope: Record<string, unknown> = {
    input: toChildInput(execution, skill, call.input),
    run: execution.runFacts,
  };
  await execution.runBlock(execution, skill.steps, {
    scope,
    prefix: `${call.path}/`,
    isOver: call.isOver,
  });
  return toOutput(skill, scope);
}

/** A skill that is called takes what one that is asked takes, and gets its defaults and nulls as that does. */
function toChildInput(
  execution: Execution,
  skill: Skill,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const input = Object.fromEntries(skill.input.map(({ name }) => [name, toPlainJson(given[name])]));
  const { locale, timeZone, currency } = execution.order;
  const now = Date.parse(String(execution.runFacts["now"]));
  const asked = { query: null, input, locale };
  const decided = decideInput(skill, asked, { now, tenant: { timeZone, currency } });
  if ("refusal" in decided) throw new Refused(toFieldOf(skill, decided.refusal));
  const [missing] = decided.missing;
  if (missing)
    throw new Refused(
      toFieldOf(skill, { reason: "input_invalid", field: missing.name, message: missing.ask }),
    );
  return decided.values;
}

function toFieldOf({ id }: Skill, refusal: RefusalOf<"input_invalid">): RefusalOf<"input_invalid"> {
  return { ...refusal, field: `${id}: ${refusal.field}` };
}
