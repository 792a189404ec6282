// Says that requests can be served. It asks nobody.
import { z } from "zod";
import { defineOperation } from "../operation.ts";

export const health = defineOperation({
  name: "health",
  summary: "Says that requests can be served.",
  permission: null,
  http: "GET /health",
  input: z.object({}),
  run: async (platform) => ({ body: { status: "ok", version: platform.version } }),
});
