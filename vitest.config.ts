// Three projects: pure code in plain Node, what needs workerd in workerd, and journeys through a served Worker.
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { createOutside } from "./test/worker/outside.ts";

const outside = createOutside();

const worker = cloudflareTest(async () => ({
  wrangler: { configPath: "./wrangler.toml" },
  remoteBindings: false,
  miniflare: {
    // Whatever would leave the machine is answered here.
    outboundService: outside.outbound,
    serviceBindings: { OUTSIDE: outside.control, MAIL: outside.mail },
    bindings: {
      TEST_MIGRATIONS: await readD1Migrations("./migrations"),
      SKILLOS_SECRETS_FOR: "*",
      SKILLOS_CANARY_KEY: "canary-7f3a9c51e2",
      SKILLOS_OPENAI_API_KEY: "sk-of-a-vendor-outside",
      SKILLOS_RATE_LIMIT_STRICT: "1",
      SKILLOS_WEATHER: "canary-plain-name-88",
      SKILLOS_MOCK_PRICE_USD_PER_MTOK: "1",
      SKILLOS_MASTER_KEY: Buffer.alloc(32, 7).toString("base64"),
    },
  },
}));

export default defineConfig({
  test: {
    coverage: { provider: "istanbul", include: ["src/kernel/**"], reporter: ["text-summary"] },
    projects: [
      {
        test: {
          name: "unit",
          // Pure code keeps nothing: loading zod and the language once instead of 77 times is two thirds of the time.
          isolate: false,
          // Stops what hangs; how fast a test is depends on who else uses the machine.
          testTimeout: 180_000,
          include: [
            "src/**/*.test.ts",
            "durable-objects/**/*.test.ts",
            "scripts/**/*.test.ts",
            "test/house/**/*.test.ts",
          ],
        },
      },
      {
        plugins: [worker],
        test: {
          name: "worker",
          include: ["test/worker/**/*.test.ts"],
          setupFiles: ["./test/setup.ts"],
          testTimeout: 180_000,
          isolate: false,
        },
      },
      {
        test: {
          name: "journeys",
          include: ["test/journeys/**/*.test.ts"],
          // Each starts a server of its own: several at a time would only make each slower.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
