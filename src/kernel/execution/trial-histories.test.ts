// Any skill of reads, writes, branches, calls, time limits, needs, conditions and sources that are away for a while: what was
// agreed to is sent once, or the run did not succeed.
import fc from "fast-check";
import { expect, it } from "vitest";
import { aSkill } from "../../../test/builders.ts";
import { isMadeUp, World } from "../../../test/world.ts";
import { type Manifest, toPlaceOfKey } from "../domain/effect.ts";
import type { RunRecord } from "../domain/run.ts";
import type { Skill, Step } from "../domain/skill.ts";

/** Some places take longer. */
const SHORT_MS = 4;
const LONG_MS = 10_000;

interface Shape {
  readonly what: "read" | "write" | "parallel" | "call";
  readonly inside: readonly Shape[];
  readonly delayMs: number;
  readonly awayFor: number;
  readonly timeoutMs: number | undefined;
  readonly retry: boolean;
  readonly needs: "all" | "none" | "last";
  /** Looks at the step before it. */
  readonly uses: boolean;
  readonly condition: "none" | "yes" | "no";
  readonly mayFail: boolean;
}

const { shape } = fc.letrec<{ shape: Shape; shapes: Shape[] }>((tie) => ({
  shape: fc.record({
    what: fc.constantFrom("read", "write", "write", "parallel", "call"),
    inside: tie("shapes"),
    delayMs: fc.nat(6),
    awayFor: fc.constantFrom(0, 0, 0, 1, 3, 4),
    timeoutMs: fc.constantFrom(undefined, undefined, undefined, SHORT_MS, LONG_MS, LONG_MS),
    retry: fc.boolean(),
    needs: fc.constantFrom("all", "all", "none", "last"),
    uses: fc.boolean(),
    condition: fc.constantFrom("none", "none", "none", "yes", "no"),
    mayFail: fc.constantFrom(false, false, false, true),
  }),
  shapes: fc.oneof(
    { maxDepth: 2 },
    fc.constant<Shape[]>([]),
    fc.array(tie("shape"), { minLength: 1, maxLength: 3 }),
    fc.array(tie("shape"), { minLength: 2, maxLength: 3 }),
  ),
}));

/** The skills that such shapes make, and how their places answer. */
class Made {
  readonly skills: Skill[] = [];
  readonly places: Record<string, { delayMs: number; awayFor: number }> = {};
  /** Ids of steps that the author lets fail, or that a condition may leave out. */
  readonly optional = new Set<string>();
  /** Nothing is late or away: what was listed can be done. */
  readonly isCalm: boolean;
  #last = 0;

  constructor(isCalm: boolean) {
    this.isCalm = isCalm;
  }

  toSteps(inside: readonly Shape[]): Step[] {
    const steps: Step[] = [];
    for (const shape of inside) steps.push(this.#toStep(shape, steps.at(-1)?.id));
    return steps;
  }

  #toStep(shape: Shape, before: string | undefined): Step {
    this.#last += 1;
    const id = `s${this.#last}`;
    const sees = shape.needs === "none" ? undefined : before;
    if (shape.mayFail || shape.condition !== "none") this.optional.add(id);
    return {
      id,
      ...this.#toKind(shape, id, shape.uses ? sees : undefined),
      ...this.#toLimits(shape),
      ...(shape.needs === "all" ? {} : { needs: sees === undefined ? [] : [sees] }),
      ...(shape.condition === "none" ? {} : { if: toCondition(shape.condition, sees) }),
    };
  }

  #toLimits({ timeoutMs, retry, mayFail }: Shape): Pick<Step, "timeoutMs" | "retry" | "onError"> {
    const limit = this.isCalm && timeoutMs === SHORT_MS ? LONG_MS : timeoutMs;
    return {
      ...(limit === undefined ? {} : { timeoutMs: limit }),
      ...(retry ? { retry: { times: 1, delayMs: 1 } } : {}),
      ...(mayFail ? { onError: "continue" } : {}),
    };
  }

  #toKind(
    { what, inside, delayMs, awayFor }: Shape,
    id: string,
    used: string | undefined,
  ): Pick<Step, "kind" | "with"> {
    const body = used === undefined ? {} : { saw: `\${{ ${used} }}` };
    this.places[`/${id}`] = { delayMs, awayFor: what === "read" && !this.isCalm ? awayFor : 0 };
    if (what === "read") return { kind: "http", with: { get: `/${id}`, body } };
    if (what === "write") return { kind: "http", with: { post: `/${id}`, body } };
    if (what === "parallel")
      return {
        kind: "parallel",
        with: Object.fromEntries(inside.map((one, n) => [`b${n}`, this.toSteps([one])])),
      };
    const steps = this.toSteps(inside);
    const output = steps.at(-1) ? { last: `\${{ ${steps.at(-1)?.id} }}` } : {};
    this.skills.push(aSkill({ id: `test/${id}`, hash: id, steps, output }));
    return { kind: "skill", with: { run: `test/${id}`, input: body } };
  }
}

function toCondition(condition: "yes" | "no", sees: string | undefined): string {
  const seen = sees === undefined ? "1 == 1" : `${sees} != 'x'`;
  return condition === "yes" ? seen : `!(${seen})`;
}

function check(made: Made, world: World, run: RunRecord): void {
  const listed = run.manifest?.writes ?? [];
  const sent = world.sent.map(({ key }) => key);
  expect(new Set(sent).size).toBe(sent.length);
  expect(new Set(listed.map(({ key }) => key)).size).toBe(listed.length);
  if (made.isCalm) expect(run).toMatchObject({ status: "succeeded", refusal: null });
  expect(listed.map(({ key }) => key)).toEqual(expect.arrayContaining(sent));
  expect(world.sent.some(({ body }) => isMadeUp(body))).toBe(false);
  expect(world.reported).toEqual([]);
  const { excluded = [] } = run.manifest ?? {};
  expect(world.sent.filter(({ key, url }) => excluded.includes(`${toPlaceOfKey(key)}#${url}`))).toEqual([]);
  if (run.status !== "succeeded" || excluded.length > 0) return;
  const due = listed.filter(({ step }) => !step.split("/").some((id) => made.optional.has(id)));
  expect(sent).toEqual(expect.arrayContaining(due.map(({ key }) => key)));
}

/** Whoever leaves it out takes the rest. */
function toFirstEntity(manifest: Manifest | null): readonly string[] {
  const write = manifest?.writes.find(({ entities }) => entities !== "unknown until run");
  if (write === undefined || write.entities === "unknown until run") return [];
  return write.entities.map(({ id }) => `${toPlaceOfKey(write.key)}#${id}`);
}

it("sends each write of the list once, or does not succeed", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(shape, { minLength: 2, maxLength: 4 }),
      fc.boolean(),
      fc.boolean(),
      async (inside, isCalm, isChoosy) => {
        const made = new Made(isCalm);
        const outer = aSkill({ steps: made.toSteps(inside) });
        const world = new World(made.places);
        const run = await world.run([outer, ...made.skills], ({ manifest }) => {
          expect(world.sent).toEqual([]);
          return isChoosy ? toFirstEntity(manifest) : [];
        });
        check(made, world, run);
      },
    ),
    { numRuns: 600 },
  );
});

it("sends nothing where nobody said what to do, and goes on only where nothing would be written", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(shape, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (inside, isCalm) => {
        const made = new Made(isCalm);
        const outer = aSkill({ steps: made.toSteps(inside) });
        const world = new World(made.places);
        const asked = { dryRun: true, goesOnIdle: true };
        const run = await world.run([outer, ...made.skills], undefined, asked);
        expect(world.sent).toEqual([]);
        if (run.status === "planned") expect(run.manifest?.writes).not.toEqual([]);
        if (run.status === "succeeded") expect(run.manifest?.writes).toEqual([]);
        expect(world.reported).toEqual([]);
      },
    ),
    { numRuns: 400 },
  );
});
