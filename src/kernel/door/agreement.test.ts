import { describe, expect, it } from "vitest";
import { aPlannedWrite } from "../../../test/builders.ts";
import { toManifest } from "../stages/approve.ts";
import { checkAuthorized, checkInManifest, findAgreement } from "./agreement.ts";

const manifest = toManifest("plan", [aPlannedWrite()], ["remove:1#quotes:1", "other:1#quotes:2"]);

describe("what was agreed to", () => {
  it("is found under another run's id, with only its own exclusions", () => {
    expect(findAgreement(manifest, "run_1_b:remove:1")).toEqual({
      entities: [{ id: "quotes:1", label: "1 · draft" }],
      excluded: ["quotes:1"],
    });
  });

  it("is nothing where nobody was asked, or where the list could not be known", () => {
    expect(findAgreement(null, "run_1_b:remove:1")).toBeNull();
    const unknown = toManifest("plan", [aPlannedWrite({ entities: "unknown until run", total: null })], []);
    expect(findAgreement(unknown, "run_1_b:remove:1")).toBeNull();
  });

  it("does not cover another write", () => {
    expect(() => checkInManifest(manifest, "run_1_b:remove:1")).not.toThrow();
    expect(() => checkInManifest(null, "run_1_b:other:1")).not.toThrow();
    expect(() => checkInManifest(manifest, "run_1_b:remove:2")).toThrow("plan_drift");
  });
});

describe("what the plan asked permission for", () => {
  it.each([
    ["read", "read", true],
    ["delete", "write", true],
    ["read", "write", false],
    ["write", "delete", false],
  ] as const)("%s covers %s: %s", (authorized, actual, isCovered) => {
    const check = () => checkAuthorized(authorized, "one", actual);
    if (isCovered) expect(check).not.toThrow();
    else expect(check).toThrow("plan_drift");
  });
});
