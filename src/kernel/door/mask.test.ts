import { describe, expect, it } from "vitest";
import { findSecretKeys, injectSecrets, MASK, maskSecrets, toMaskable } from "./mask.ts";

describe("secrets on their way out", () => {
  it("are put where they are named, and an unknown name stays a name", () => {
    const secrets = new Map([["A_KEY", "value-of-a"]]);
    expect(findSecretKeys("Bearer secret:A_KEY, secret:B")).toEqual(["A_KEY", "B"]);
    expect(injectSecrets("Bearer secret:A_KEY, secret:B", secrets)).toBe("Bearer value-of-a, secret:B");
  });
});

describe("secrets on their way back", () => {
  const secret = 'p@ss/"word"+1';
  const masked = (value: unknown) => maskSecrets(value, toMaskable([secret]));

  it.each([
    ["as it is", secret],
    ["in an address", encodeURIComponent(secret)],
    ["inside JSON inside text", JSON.stringify({ key: secret })],
    ["as base64", btoa(secret)],
  ])("are replaced %s", (_, text) => {
    expect(masked(`said: ${text}!`)).toContain(MASK);
    expect(masked(`said: ${text}!`)).not.toContain("ss/");
    expect(masked({ list: [{ [text]: text }] })).not.toEqual({ list: [{ [text]: text }] });
  });

  it("leave no tail when one is part of another", () => {
    const both = toMaskable(["secret-value", "secret-value-longer"]);
    expect(maskSecrets("x secret-value-longer y", both)).toBe(`x ${MASK} y`);
  });

  it("leave what holds none as the same object, and short words alone", () => {
    const value = { a: [1, null, "text"] };
    expect(masked(value)).toBe(value);
    expect(maskSecrets("on", toMaskable(["on", ""]))).toBe("on");
  });
});
