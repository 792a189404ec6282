// The entry: each event of the platform to the channel or trigger it belongs to.
import { toApp, toPlatform } from "./compose.ts";
import type { Env, QueueMessage } from "./env.ts";

export { Guard } from "../durable-objects/guard.ts";
export { Runner } from "../durable-objects/runner.ts";
export { Store } from "../durable-objects/store.ts";

const worker: ExportedHandler<Env, QueueMessage> = {
  fetch: (request, env, context) => toApp(env).fetch(request, env, context),
};

export default worker;
