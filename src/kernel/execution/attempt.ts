// One attempt at a run, after admission: the manifest where one is needed, the approval, the execution.
import type { Connector } from "../domain/connector.ts";
import type { Manifest } from "../domain/effect.ts";
import type { SkillId } from "../domain/id.ts";
import { toStrictest } from "../domain/effect.ts";
import { isReadOnly } from "../domain/plan.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { RunOrder } from "../domain/run.ts";
import { invariant } from "../domain/refusal.ts";
import type { Skill } from "../domain/skill.ts";
import type { StepKind } from "../domain/step-kind.ts";
import type { BothLanguages } from "../domain/text.ts";
import type { Door } from "../door/door.ts";
import type { HostWatch } from "../door/host-watch.ts";
import type { DoorSession } from "../door/session.ts";
import type { Documents } from "../ports/catalogue.ts";
import type { Identity } from "../ports/identity.ts";
import type { Users } from "../ports/keys.ts";
import type { Policies } from "../ports/policies.ts";
import type { Asked } from "../policy/facts.ts";
import { createPermit, judgeTrial } from "./permit.ts";
import type { StandingReader } from "./standing.ts";
import type { Clock } from "../ports/clock.ts";
import type { TenantStore } from "../ports/tenant-store.ts";
import { toPolicyNeed } from "../stages/authorize.ts";
import { decideApproval, endsWithTrial, needsManifest, toExcluded, toManifest } from "../stages/approve.ts";
import type { ExecuteOutcome } from "../stages/execute.ts";
import type { Planner } from "../stages/plan.ts";
import { listUnlinked } from "../approval/reached.ts";
import { listDeciders, listOthers, toAskedOf } from "../approval/who-decides.ts";
import { execute } from "../stages/execute.ts";
import type { Execution } from "./execution.ts";
import { keepReads, keepTrialCosts, toAnswered, toPaidBefore } from "./keep-trial.ts";
import { labelEntities } from "./label-entities.ts";
import type { LiveRun } from "./live-run.ts";
import { findManifestExcess } from "./run-size.ts";
import { runBlock } from "./run-block.ts";
import { toRunFacts } from "./run-facts.ts";
import { toUnavailable } from "../domain/unavailable.ts";

const TRIAL_BROKE = {
  en: "Its trial met a mistake in SkillOS, which is in the log.",
  ru: "Пробный запуск наткнулся на ошибку в SkillOS, она записана в журнале.",
};

export interface AttemptPorts {
  readonly clock: Clock;
  readonly documents: Documents;
  readonly door: Door;
  readonly hosts: HostWatch;
  readonly kinds: ReadonlyMap<string, StepKind<unknown>>;
  readonly describe: Planner["describe"];
  readonly store: (name: string) => TenantStore;
  readonly policies: Policies;
  readonly standing: StandingReader;
  readonly members: Pick<Identity, "findMember">;
  readonly people: Pick<Users, "listDeciding">;
  readonly extendHold: (live: LiveRun, neededMicroUsd: number) => Promise<void>;
  readonly saveLive: (live: LiveRun) => Promise<void>;
  /** A mistake of this program ended a run. */
  readonly report: (runId: string, cause: unknown) => void;
}

interface Pinned {
  readonly skills: ReadonlyMap<SkillId, Skill>;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly skill: Skill;
}

/** `trial`: what there is to tell where the run ends with it; a run that goes on must not take its writes for done. */
export interface Attempted {
  readonly outcome: ExecuteOutcome;
  readonly trial: Execution | null;
}

export async function attemptRun(ports: AttemptPorts, live: LiveRun): Promise<Attempted> {
  const pinned = await loadPinned(ports.documents, live);
  if ("refusal" in pinned) return { outcome: toFailed(pinned.refusal), trial: null };
  const { order } = live;
  // Somebody's yes, or that none is needed, is known: the trial has been.
  if (live.approvedBy === null && needsTrial(order)) {
    const stopped = await findManifest(ports, live, pinned);
    if (stopped) return stopped;
  }
  const execution = open(ports, live, { pinned, dryRun: false, agreed: live.manifest });
  return { outcome: await execute(execution, pinned.skill), trial: null };
}

function needsTrial(order: RunOrder): boolean {
  return order.dryRun || (!isReadOnly(order.plan) && needsManifest(order));
}

function toFailed(refusal: Refusal): ExecuteOutcome {
  return { ended: "failed", refusal };
}

/** The dry run before the run. Null: the writes it found may be done. */
async function findManifest(ports: AttemptPorts, live: LiveRun, pinned: Pinned): Promise<Attempted | null> {
  const { order } = live;
  const trial = open(ports, live, { pinned, dryRun: true, agreed: null });
  const outcome = await tryOut(ports, trial, pinned.skill);
  keepTrialCosts(live, trial.session.effects);
  if (outcome.ended !== "planned") return { outcome, trial };
  const refusal = noteManifest(live, trial, outcome.shown);
  if (refusal) return { outcome: toFailed(refusal), trial };
  invariant(live.manifest, "a trial that was not refused has its manifest");
  const judged = await judgeTrial(ports, { order, asked: toAsked(pinned), manifest: live.manifest });
  if ("refusal" in judged) return { outcome: toFailed(judged.refusal), trial };
  if (endsWithTrial(order, live.manifest)) return { outcome, trial };
  keepReads(live, trial);
  const decision = decideApproval(order, live.manifest, toPolicyNeed(judged.judged).needed);
  if ("refusal" in decision) return { outcome: toFailed(decision.refusal), trial };
  if ("wait" in decision) {
    if (!(await noteDeciders(ports, live))) return { outcome: toFailed(NOBODY_KNOWN), trial };
    return { outcome: { ended: "waiting", waitingFor: "approval", at: "" }, trial: null };
  }
  live.approvedBy = { user: order.principal.user, at: ports.clock.now(), how: decision.how };
  return null;
}

const MOST_NAMED = 20;

const NOBODY_KNOWN = toUnavailable("the database");

/** Who else may decide now, or could today: whoever asked cannot change it afterwards. False: nobody can say, so nobody is asked. */
async function noteDeciders({ people, report, clock }: AttemptPorts, live: LiveRun): Promise<boolean> {
  const { order, createdAt } = live;
  const run = { order, createdAt, steps: [...live.steps.values()] };
  const asked = toAskedOf(run);
  try {
    const known = await people.listDeciding(order.principal.tenant, clock.now());
    const who = listDeciders(asked, known).map(({ id }) => id);
    live.deciders = listOthers(asked, known).slice(0, MOST_NAMED);
    live.askedOf = {
      who: who.slice(0, MOST_NAMED),
      unlinked: listUnlinked(run, known).slice(0, MOST_NAMED),
    };
    return true;
  } catch (error) {
    report(live.id, error);
    return false;
  }
}

/** Nothing is sent in a trial, so what breaks it ends the run at once: the next attempt would meet it again. */
async function tryOut(ports: AttemptPorts, trial: Execution, skill: Skill): Promise<ExecuteOutcome> {
  try {
    return await execute(trial, skill);
  } catch (error) {
    ports.report(trial.runId, error);
    return toFailed({ reason: "lost", message: TRIAL_BROKE });
  }
}

/** Null: it is in the run. */
function noteManifest(live: LiveRun, trial: Execution, shown: Manifest["shown"]): Refusal | null {
  const { order } = live;
  const named = toExcluded(trial.session.planned, order.excluded);
  if ("refusal" in named) return named.refusal;
  const writes = labelEntities(trial.session.planned, shown);
  live.manifest = { ...toManifest(order.plan.hash, writes, named.excluded), shown };
  const excess = findManifestExcess(live);
  if (excess) live.manifest = null;
  return excess;
}

function open(
  ports: AttemptPorts,
  live: LiveRun,
  how: { pinned: Pinned; dryRun: boolean; agreed: Manifest | null },
): Execution {
  const { order } = live;
  // The run's own time: a trial and its run see the same moment.
  const now = order.rehearsal?.now ?? live.createdAt;
  const { pinned, dryRun, agreed } = how;
  const effects = dryRun ? toPaidBefore(live) : live.effects;
  const session: DoorSession = {
    tenant: order.principal.tenant,
    runId: live.id,
    dryRun,
    data: order.data,
    allowStale: order.allowStale,
    isDegraded: live.isDegraded,
    store: ports.store(order.rehearsal?.store ?? order.principal.tenant),
    connectors: pinned.connectors,
    prices: order.plan.pins.prices,
    calls: ports.hosts.watch({ runId: live.id, user: order.principal.user }, live.guardSaid),
    mocks: order.rehearsal === null ? null : new Map(Object.entries(order.rehearsal.mocks)),
    authorized: toStrictest(order.plan.effects.map((effect) => effect.class)),
    agreed,
    recording: live.recording,
    effects,
    planned: [],
    spentMicroUsd: [...live.effects.values()].reduce((sum, effect) => sum + effect.costMicroUsd, 0),
    pendingMicroUsd: 0,
    get holdMicroUsd() {
      return live.heldMicroUsd;
    },
    permit: createPermit(ports, {
      ...{ order, effects, asked: toAsked(pinned), manifest: live.manifest, isTrial: dryRun },
      isApproved: live.approvedBy !== null && live.approvedBy.how !== "not needed",
    }),
    extendHold: (needed) => ports.extendHold(live, needed),
    saveLive: () => {
      if (dryRun) keepTrialCosts(live, session.effects);
      return ports.saveLive(live);
    },
  };
  return {
    order,
    runId: live.id,
    skills: pinned.skills,
    kinds: ports.kinds,
    door: ports.door,
    session,
    clock: ports.clock,
    runFacts: toRunFacts(order, live.id, now),
    describe: (guess) => ports.describe(guess, { connectors: pinned.connectors, prices: session.prices }),
    runBlock,
    isCancelled: () => live.isCancelled,
    steps: dryRun ? toAnswered(live) : live.steps,
    certain: new Set(),
  };
}

function toAsked({ skill, skills }: Pinned): Asked {
  return { skill, called: [...skills.values()].filter(({ id }) => id !== skill.id) };
}

async function loadPinned(
  documents: Documents,
  live: LiveRun,
): Promise<Pinned | { readonly refusal: Refusal }> {
  const lost = (what: BothLanguages) => ({
    refusal: {
      reason: "lost",
      message: { en: `${what.en} of this plan is gone`, ru: `${what.ru} этого плана больше нет` },
    } as const,
  });
  const { plan, principal } = live.order;
  const skills = new Map<SkillId, Skill>();
  for (const hash of Object.values(plan.pins.skills)) {
    const skill = await documents.loadSkill(principal.tenant, hash);
    if (!skill) return lost({ en: `the skill version ${hash}`, ru: `версии навыка ${hash}` });
    skills.set(skill.id, skill);
  }
  const connectors = new Map<string, Connector>();
  for (const [name, hash] of Object.entries(plan.pins.connectors)) {
    const connector = await documents.loadConnector(principal.tenant, hash);
    if (!connector) return lost({ en: `the connector ${name}`, ru: `коннектора ${name}` });
    connectors.set(name, connector);
  }
  const skill = skills.get(plan.skill);
  invariant(skill, "a plan pins its own skill");
  return { skills, connectors, skill };
}
