// What this installation is set to. It changes nothing.
import { z } from "zod";
import { defineOperation } from "../operation.ts";

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
  summary: "The models that skills can ask, what they cost, and whether the key that each needs is there.",
  permission: "read",
  http: "GET /models",
  input: z.object({}),
  async run(platform, call) {
    const { prices } = (await platform.loadFresh(call.principal.tenant)).tenant;
    const isThere = async (key: string) => (await platform.secrets.load(call.principal.tenant, key)) !== null;
    const models = platform.listModels(prices).map(async ({ secret, ...model }) => ({
      ...model,
      ready: secret === null || (await isThere(secret)),
    }));
    return { body: { models: await Promise.all(models) } };
  },
});
