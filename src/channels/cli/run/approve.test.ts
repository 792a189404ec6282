import { describe, expect, it } from "vitest";
import type { Json } from "../json.ts";
import { plain } from "../paint.ts";
import { aView } from "../show/view-builder.ts";
import { askApproval } from "./approve.ts";
import type { Decision } from "./leave-out.ts";

const quotes = [
  { number: 1021, customer: "Bistro Volna", status: "draft" },
  { number: 1034, customer: "Café Pristan", status: "draft" },
  { number: 1040, customer: "Ivanov & Co", status: "draft" },
];

/** The rows have ids of their own, which nobody sees. */
const deletion: Json = {
  plan: {
    approval: { needed: "yes", by: "owner" },
    manifest: [
      {
        key: "run_1_01k9zzzzzzzzzzzzzzzz9qx4aa:remove:1",
        step: "remove",
        class: "delete",
        target: "quotes",
        total: 3,
        entities: quotes.map((row, at) => ({ id: `row_${at}`, label: row.customer, before: row })),
      },
    ],
  },
};

async function answer(
  ...typed: readonly string[]
): Promise<{ decision: Decision; asked: string[]; shown: string }> {
  const [asked, shown, rest]: [string[], string[], string[]] = [[], [], [...typed]];
  const ask = (question: string): Promise<string> => {
    asked.push(question);
    const next = rest.shift();
    return next === undefined
      ? Promise.reject(new Error(`not answered: ${question}`))
      : Promise.resolve(next);
  };
  const decision = await askApproval(deletion, {
    shell: {
      screen: {
        paint: plain,
        width: null,
        show: (lines) => shown.push(...lines),
        warn: () => undefined,
        during: (_, work) => work,
      },
    },
    asker: { ask, askSecret: ask },
    view: aView("en"),
  });
  expect(rest).toEqual([]);
  return { decision, asked, shown: shown.join("\n") };
}

const WHICH = "Which ones to leave out? Numbers, with spaces between";

describe("leave some out", () => {
  it.each([
    ["the number of the line", "2"],
    ["what the first column shows", "1034"],
    ["another cell, with a space in it", "café pristan"],
    ["the id", "row_1"],
  ])("takes %s", async (_, typed) => {
    const { decision, shown } = await answer("leave some out", typed, "yes");
    expect(decision).toEqual({ yes: true, exclude: ["remove:1#row_1"] });
    expect(shown.split("This is left, 2 rows:")[1]).not.toContain("1034");
  });

  it("takes several, each once", async () => {
    const { decision } = await answer("leave", "1 1034, 2", "y");
    expect(decision).toEqual({ yes: true, exclude: ["remove:1#row_0", "remove:1#row_1"] });
  });

  it("asks the same again after a wrong value: a yes then approves nothing", async () => {
    const { decision, asked, shown } = await answer("leave", "9999", "yes", "draft", "1034", "no");
    expect(decision).toEqual({ yes: false });
    expect(asked.slice(1, 5)).toEqual([WHICH, WHICH, WHICH, WHICH]);
    expect(asked.at(-1)).toBe("Approve only these 2 as owner? (yes / no)");
    expect(shown).toContain("9999 is not in the list.");
    expect(shown).toContain("draft stands in more than one line");
  });

  it("leaves nothing out when nothing is typed, and asks for approval again", async () => {
    const { decision, asked, shown } = await answer("leave", "", "no");
    expect(decision).toEqual({ yes: false });
    expect(asked.at(-1)).toBe("Approve as owner? (yes / no / leave some out)");
    expect(shown).toContain("Nothing is left out.");
  });

  it("says no instead of doing nothing", async () => {
    const { decision, shown } = await answer("leave", "1 2 3", "no");
    expect(decision).toEqual({ yes: false });
    expect(shown).toContain("Nothing would be left: answer no instead.");
  });

  it("names all three answers after a wrong one", async () => {
    const { shown } = await answer("maybe", "no");
    expect(shown).toContain("Please answer yes, no or leave some out.");
  });
});
