// What this installation is set to. It changes nothing.
import { z } from "zod";
import { defineOperation } from "./operation.ts";

export const configGet = defineOperation({
  name: "config-get",
  summary:
    "Every environment variable: its default, its value (secrets hidden), what it does, or why it does nothing here.",
  permission: "read",
  http: "GET /config",
  input: z.object({}),
  run: async (platform) => ({ body: { variables: platform.settingRows } }),
});

export const modelList = defineOperation({
  name: "model-list",
  summary: "The models that skills can ask, and what they cost.",
  permission: "read",
  http: "GET /models",
  input: z.object({}),
  run: async (platform) => ({ body: { models: platform.models } }),
});
