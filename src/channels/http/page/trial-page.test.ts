// What the page shows of a trial run, and asks.
import { describe, expect, it } from "vitest";
import type { Answer } from "./answer.ts";
import { toBytes } from "./html.ts";
import { aTrial, draw, text } from "./sample-answers.ts";

describe("a trial run", () => {
  it("shows what is read and deleted, entry by entry, the risk and who must agree", () => {
    const page = text(draw(aTrial()));
    expect(page).toContain("Trial run: nothing was changed.");
    expect(page).toContain("reads quotes");
    expect(page).toContain("DELETES quotes · 3 entries, cannot be undone");
    expect(page).toContain("1021Bistro Volna48,000 ₽12 March 2025");
    expect(page).toContain("risk 9 of 20 · needs a yes from: owner · cost $0.00 · plan 8f3a");
    expect(page).toContain("Yes, delete");
  });

  it("lets single entries be left out, by place and id", () => {
    expect(draw(aTrial())).toContain(
      'name="exclude" value="remove:1#quotes:2" aria-label="leave out: 1034 · Café Pristan · 17500 · 2025-06-02"',
    );
  });

  it("keeps left out what was left out", () => {
    const trial = aTrial();
    const plan = trial.plan && { ...trial.plan, excluded: ["remove:1#quotes:2"] };
    const page = draw({ ...trial, plan });
    expect(page).toContain('<input type="hidden" name="exclude" value="remove:1#quotes:2">');
    expect(page).toMatch(/value="remove:1#quotes:2" aria-label="[^"]*" checked disabled/);
    expect(text(page)).toContain("left out: 1");
  });

  it("shows old and new of an update", () => {
    const trial = aTrial();
    const entities = [
      {
        id: "q:1",
        label: "x",
        before: { status: "draft", total: 100 },
        after: { status: "sent", total: 100 },
      },
    ];
    const manifest = [
      { key: "run_0_x:mark:1", step: "mark", class: "write" as const, target: "quotes", total: 1, entities },
    ];
    const page = draw({
      ...trial,
      plan: trial.plan && {
        ...trial.plan,
        manifest,
        effects: [{ class: "write", target: "quotes", via: "sql" }],
      },
    });
    expect(page).toContain("<bdi>draft</bdi> → <b><bdi>sent</bdi></b>");
    expect(text(page)).toContain("CHANGES quotes · 1 entry");
    expect(text(page)).toContain("Yes, do it");
  });

  it("shows the columns that the skill shows", () => {
    const quotes = [
      {
        number: 1021,
        customer: "Volna",
        kg: 24,
        price: 2000,
        total: 48_000,
        status: "draft",
        made: "2025-03-12",
      },
    ];
    const trial = aTrial(quotes);
    const show = [{ number: 1021, made: "2025-03-12" }];
    const heads = (plan: Answer["plan"]): string[] =>
      [...draw({ ...trial, plan }).matchAll(/<th scope="col">([^<]+)</g)].map(([, head = ""]) => head);
    expect(heads(trial.plan && { ...trial.plan, show })).toEqual(["leave out", "number", "made"]);
    expect(heads(trial.plan)).toEqual(["leave out", "number", "customer", "kg", "price", "total"]);
    expect(heads(trial.plan && { ...trial.plan, show: [{ other: 1 }] })).toHaveLength(6);
  });

  it("asks nothing where nothing would change, and can be run for its answer", () => {
    const page = draw(aTrial([]));
    expect(text(page)).toContain("There is nothing to change.");
    expect(text(page)).not.toContain("Yes, delete");
    expect(page).toContain('<button class="go" name="do" value="yes">Run it</button>');
  });

  it("says what is known only when it runs", () => {
    const trial = aTrial();
    const manifest = [
      {
        key: "run_0_x:mail:1",
        step: "mail",
        class: "write" as const,
        target: "mail",
        total: null,
        entities: "unknown until run" as const,
      },
    ];
    expect(text(draw({ ...trial, plan: trial.plan && { ...trial.plan, manifest } }))).toContain(
      "CHANGES mail · known only when it runs",
    );
  });

  it.each([3, 50, 5_000])("is at most 14 KB with %i entries, in both languages", (count) => {
    const quotes = Array.from({ length: count }, (_, index) => ({
      number: index,
      customer: `Ресторан «Волна» & партнёры ${"ы".repeat(80)}`,
      total: 1e6,
      created_at: "2025-03-12",
      note: "длинное примечание".repeat(20),
    }));
    for (const locale of ["en", "ru"] as const) {
      const page = draw(aTrial(quotes), {
        locale,
        asked: { query: "ы".repeat(20_000), skill: null, input: { text: "ы".repeat(5_000) } },
      });
      expect(toBytes(page)).toBeLessThanOrEqual(14 * 1024);
      expect(page).toContain('name="do" value="yes"');
      if (count > 50) expect(page).toContain("list=plan");
    }
  });

  it.each([10, 500])(
    "opened by its link is at most 14 KB with %i entries, and says what it does not show",
    (count) => {
      const quotes = Array.from({ length: count }, (_, index) => ({
        number: 1000 + index,
        customer: `Ресторан «Волна» № ${index}`,
        total: 48_000,
        created_at: "2025-03-12",
      }));
      const approval = { id: "apr_0_x", by: "owner", expires_at: "2026-11-24T09:00:00.000Z" };
      for (const locale of ["en", "ru"] as const) {
        const link = `/approve/${"k".repeat(40)}`;
        const answer = aTrial(quotes, { status: "waiting", waiting_for: "approval", approval });
        const page = draw(answer, { locale, link, isLocal: false, wantsToken: true });
        expect(toBytes(page)).toBeLessThanOrEqual(14_336);
        expect(page).not.toContain("<script");
        const shown = page.match(/name="exclude" value/g)?.length ?? 0;
        if (count === 10) expect(shown).toBe(10);
        else {
          expect(text(page)).toContain(
            locale === "ru" ? `и ещё ${count - shown}` : `and ${count - shown} more`,
          );
          expect(page).toContain(`href="${link}/list.csv?lang=${locale}"`);
        }
      }
    },
  );
});
