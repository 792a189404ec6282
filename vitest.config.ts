// Three projects: pure code in plain Node, what needs workerd in workerd, and journeys through a served Worker.
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

const worker = cloudflareTest(async () => ({
  wrangler: { configPath: "./wrangler.toml" },
  remoteBindings: false,
  miniflare: {
    // Whatever would leave the machine is answered here.
    outboundService: (request: Request) => new Response(`offline: ${request.url}`, { status: 599 }),
    bindings: { TEST_MIGRATIONS: await readD1Migrations("./migrations") },
  },
}));

export default defineConfig({
  test: {
    coverage: { provider: "istanbul", include: ["src/kernel/**"], reporter: ["text-summary"] },
    projects: [
      {
        test: {
          name: "unit",
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
          isolate: false,
        },
      },
      {
        test: {
          name: "journeys",
          include: ["test/journeys/**/*.test.ts"],
          // Each starts a server of its own: two at a time on two cores would measure each other.
          fileParallelism: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
