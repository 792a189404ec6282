import { describe, expect, it } from "vitest";
import { DOCTOR_WORDS } from "../words/doctor-words.ts";
import { findNode } from "./node.ts";

const AGENT = "npm/10.8.2 node/v20.18.1 linux x64 workspaces/false";

describe("the Node of a person", () => {
  it.each([
    [
      "under npx",
      { present: "24.21.0", isModern: true, userAgent: AGENT, copy: "24.21.0" },
      "20.18.1 is yours; SkillOS runs on 24.21.0 from node_modules",
    ],
    [
      "alone, old",
      { present: "20.18.1", isModern: false, userAgent: undefined, copy: "24.21.0" },
      "20.18.1 is yours; SkillOS runs on 24.21.0 from node_modules",
    ],
    ["alone, new", { present: "24.3.0", isModern: true, userAgent: undefined, copy: "24.21.0" }, "24.3.0"],
  ])("is named %s", (_, nodes, found) => {
    expect(findNode(nodes, DOCTOR_WORDS.en)).toEqual({ what: "Node", isGood: true, found, mend: "" });
  });

  it("is too old where SkillOS would not start at all", () => {
    const nodes = {
      present: "24.21.0",
      isModern: true,
      userAgent: "npm/9.0.0 node/v18.20.0 linux x64",
      copy: "24.21.0",
    };
    expect(findNode(nodes, DOCTOR_WORDS.ru)).toMatchObject({
      isGood: false,
      found: "18.20.0 — ваш; SkillOS работает на 24.21.0 из node_modules",
      mend: "Установите Node 20 или новее.",
    });
  });
});
