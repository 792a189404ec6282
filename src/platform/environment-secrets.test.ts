import { describe, expect, it } from "vitest";
import { EnvironmentSecrets } from "./environment-secrets.ts";

const secrets = new EnvironmentSecrets(
  {
    SKILLOS_SHOP_TOKEN: "shop-1",
    SKILLOS_JWT_SECRET: "jwt-11",
    OTHER: "o",
  },
  "ten_local",
);

describe("secrets of the environment", () => {
  it("are the operator's", async () => {
    expect(await secrets.load("ten_local", "SHOP_TOKEN")).toBe("shop-1");
    expect(await secrets.load("ten_client", "SHOP_TOKEN")).toBeNull();
  });

  it("are every tenant's where the operator says so", async () => {
    const shared = new EnvironmentSecrets({ SKILLOS_SHOP_TOKEN: "shop-1" }, "ten_local, *");
    expect(await shared.load("ten_client", "SHOP_TOKEN")).toBe("shop-1");
  });

  it.each(["JWT_SECRET", "WEBHOOK_SECRET", "APPROVAL_TOKEN", "API_KEY"])(
    "give no connector %s",
    async (key) => {
      const own = new EnvironmentSecrets({ [`SKILLOS_${key}`]: "value" }, "*");
      expect(await own.load("ten_local", key)).toBeNull();
    },
  );

  it("are given to nobody where they are too short to be masked", async () => {
    const short = new EnvironmentSecrets({ SKILLOS_PIN: "q7Z9x", SKILLOS_SPACED: " q7Z9x " }, "*");
    expect(await short.load("ten_local", "PIN")).toBeNull();
    expect(await short.load("ten_local", "SPACED")).toBeNull();
  });

  it("are masked for every tenant, whoever may use them", async () => {
    expect(await secrets.known("ten_client")).toEqual(["shop-1", "jwt-11"]);
  });
});
