// What a caller reads of a refusal, through the whole Worker: the facts that only the run knows stand in it.
import { beforeEach, expect, it } from "vitest";
import { aTenant, release, type Tenant, until, visits } from "./tenant.ts";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
});

const run = (more: object = {}, locale = "en") =>
  tenant.ask("POST /skills/test/told/run", more, { "accept-language": locale });
const toTold = (answer: Awaited<ReturnType<typeof run>>) => {
  const { title, detail, fix } = (answer["problem"] ?? answer) as Record<string, string>;
  return [title, detail, fix].join("\n");
};

const toSaved = (answer: Awaited<ReturnType<typeof run>>) =>
  (answer["problem"] as Record<string, string> | undefined)?.["saved_at"];

it("secret_missing names the skill", async () => {
  const locked = 'type: http\nbase_url: https://locked.example\nheaders: { x-key: "secret:NOBODY_HAS" }\n';
  expect((await tenant.send("PUT /connectors/locked", locked)).status).toBe(200);
  await tenant.saveSkill("test/told", "  - id: one\n    http: { get: /x, connector: locked }\n");
  expect(toTold(await run())).toContain("test/told needs NOBODY_HAS. Nothing was sent.");
  expect(toTold(await run({}, "ru"))).toContain("Навыку test/told нужен NOBODY_HAS. Ничего не отправлено.");
});

it("forbidden names what would have been deleted, and whom to ask", async () => {
  await tenant.store.importTable("quotes", [{ id: 1 }], "own");
  await tenant.saveSkill("test/told", "  - id: gone\n    sql: delete from quotes\n");
  const manager = await tenant.join("dina", "manager");
  const answer = await manager.ask("POST /skills/test/told/run", {});
  expect(toTold(answer)).toContain(
    'You may not delete quotes\nPolicy "no rule allows to delete" stopped it; your role is manager.\nAsk an owner; send this request id: q_',
  );
});

it("no_data names the table that was empty", async () => {
  await tenant.store.importTable("batches", [{ id: 1 }], "own");
  const more = "    if_empty: { en: No batches., ru: Партий нет. }\n";
  await tenant.saveSkill("test/told", `  - id: one\n    sql: select * from batches where id = 2\n${more}`);
  expect(toTold(await run())).toBe(
    "There is nothing in batches to work with\nNo batches.\nAsk for something else, or bring your own data: `skillos data import batches FILE.xlsx`.",
  );
});

it("no_data names a table that is gone, in no words of the database", async () => {
  await tenant.saveSkill("test/told", "  - id: one\n    sql: select * from batches\n");
  expect(toTold(await run())).toBe(
    "There is nothing in batches to work with\nThere is no table batches.\nAsk for something else, or bring your own data: `skillos data import batches FILE.xlsx`.",
  );
});

it("an SQL error names the step, the skill and the columns that there are", async () => {
  await tenant.store.importTable("debts", [{ name: "Volna", sum: 1 }], "own");
  await tenant.saveSkill("test/told", "  - id: late\n    sql: select dog from debts\n");
  expect(toTold(await run())).toMatch(
    /^Step late failed\nThere is no column dog\. There are: debts \(name, sum\)\. Nothing was changed\.\nMend step late in the file of test\/told, or its input\./,
  );
  await tenant.saveSkill("test/told", "  - id: late\n    sql: select name fromm debts\n");
  expect(toTold(await run({}, "ru"))).toMatch(
    /^Шаг late не удался\nЗапрос SQL не прочитать начиная с «debts», .* Ничего не изменено\.\nИсправьте шаг late в файле навыка test\/told/,
  );
});

it("a connector that does not exist is named with the step, before anything is done", async () => {
  await tenant.saveSkill("test/told", "  - id: one\n    http: { get: /orders, connector: sinc }\n");
  const answer = await run();
  expect(answer).toMatchObject({ status: 404, code: "not_found" });
  expect(toTold(answer)).toBe(
    "There is no connector sinc\nStep one of test/told asks for it. Did you mean sink?\nWrite `connector: sink` in step one of test/told, or make skills/connectors/sinc.yaml.",
  );
});

it("an address without a host says which step, and where a connector would stand", async () => {
  await tenant.saveSkill("test/told", "  - id: one\n    http: { get: /orders }\n");
  expect(toTold(await run())).toBe(
    'Step one of test/told cannot be carried out\n"/orders" is not a whole address.\nWrite it with https://, or add `connector: NAME` beside it; the base_url stands in skills/connectors/NAME.yaml.',
  );
  const late =
    "description: A test\ninput: { path: { type: text, ask: Path } }\nsteps:\n  - id: one\n    http: { get: '${{ input.path }}/${{ run.id }}' }\n";
  expect((await tenant.send("PUT /skills/test/told", late)).status).toBe(200);
  expect(toTold(await run({ input: { path: "/a" } }))).toContain(
    "Step one of test/told cannot be carried out\n",
  );
});

it("a failed step names its run, which can then be looked at and is listed with its words", async () => {
  await tenant.saveSkill("test/told", '  - id: one\n    set: { x: "${{ 1 / 0 }}" }\n');
  const answer = await run();
  expect(toTold(answer)).toContain(`Step by step: \`skillos logs --run ${String(answer["short_id"])}\`.`);
  expect(answer["problem"]).toMatchObject({ run: answer["short_id"] });
  expect(await tenant.ask("GET /runs")).toMatchObject({
    runs: [{ short_id: answer["short_id"], query: null, confidence: null, code: "step_failed" }],
  });
});

it("source_unreachable says how long it was waited for, and from when the saved answer is", async () => {
  const source = "type: http\nbase_url: https://source.example\ntimeout: 200ms\n";
  expect((await tenant.send("PUT /connectors/source", source)).status).toBe(200);
  const steps = `input:\n  path: { type: text, ask: Path }\nsteps:\n  - id: one\n    http: { get: "\${{ input.path }}", connector: source }\n`;
  await tenant.saveSkill("test/told", "  - id: one\n    set: { x: 1 }\n");
  expect((await tenant.send("PUT /skills/test/told", `description: A test\n${steps}`)).status).toBe(200);
  const ask = (path: string) => run({ input: { path } });
  const never = await ask("/hold/never");
  expect(toTold(never)).toMatch(
    /^source\.example did not answer\nTried 3 times in 1 s; the last said "no answer within 0\.2 s"\. Nothing was changed\.\nTry again\.$/,
  );
  // Kept after the answer, in the background.
  const waiting = ask("/hold");
  await until(async () => (await visits()).some(({ url }) => url.endsWith("/hold")));
  await release();
  expect(await waiting).toMatchObject({ status: "succeeded" });
  const gone = await until(async () => {
    const answer = await ask("/hold");
    return toSaved(answer) === undefined ? null : answer;
  });
  expect(toTold(gone)).toMatch(
    /Try again, or use what was saved on \d{1,2} [A-Z][a-z]{2}: `--allow-stale`\.$/,
  );
});

it("a skill without tests says so, and what they look like", async () => {
  await tenant.saveSkill("test/told", '  - id: one\n    set: { x: "${{ 1 }}" }\n');
  expect(await tenant.ask("POST /skills/test/told/test", {})).toMatchObject({
    passed: 0,
    failed: 0,
    cases: [],
    hint: expect.stringMatching(
      /^There is no test\/told\.test\.yaml, so nothing was tested\. It may hold: cases:/,
    ),
  });
});

it("what cannot be undone is said where no skill is found, and where to look", async () => {
  await tenant.saveSkill(
    "test/told",
    '  - id: one\n    set: { x: "${{ 1 }}" }\n',
    "phrases: [count the boxes, how many boxes are there, посчитай коробки, сколько всего коробок]\n",
  );
  expect(await tenant.ask("POST /run", { query: "отмени последний расход" })).toMatchObject({
    status: "no_skill_found",
    about: "past",
    hint: expect.stringMatching(/отменить нельзя.*`skillos runs`/),
  });
  expect(await tenant.ask("POST /run", { query: "what can you do?" })).toMatchObject({
    status: "no_skill_found",
    about: "help",
    hint: "I do what my skills do: ask in your own words.",
    examples: ["count the boxes"],
  });
});

it("feedback is taken back by giving it anew with the right skill", async () => {
  const boxes = "phrases: [count the boxes, how many boxes are there, number of boxes, boxes in total]\n";
  const prices = "phrases: [show the price list, what are the prices, price list please, prices]\n";
  await tenant.saveSkill("test/boxes", '  - id: one\n    set: { x: "${{ 1 }}" }\n', boxes);
  await tenant.saveSkill("test/prices", '  - id: one\n    set: { x: "${{ 2 }}" }\n', prices);
  const query = "count all the boxes there";
  const toRouted = async () => (await tenant.ask("POST /run", { query }))["skill"];
  const teach = (expected: string) =>
    tenant.ask("POST /feedback", { query, expected_skill_id: expected, skill: "test/boxes" });
  expect(await toRouted()).toBe("test/boxes");
  expect(await teach("test/prices")).toMatchObject({ status: "learned" });
  expect(await toRouted()).toBe("test/prices");
  expect(await teach("test/boxes")).toMatchObject({ status: "learned" });
  expect(await toRouted()).toBe("test/boxes");
});
