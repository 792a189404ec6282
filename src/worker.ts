// The entry: each event of the platform to the channel or trigger it belongs to.
import { toApp, toPlatform } from "./compose/compose.ts";
import type { Env } from "./env.ts";
import { handleDeadLetter, handleWakeUp, runMinuteTick, type WakeUp } from "./operations/triggers/wake.ts";

export { Guard } from "../durable-objects/guard.ts";
export { Runner } from "../durable-objects/runner.ts";
export { Store } from "../durable-objects/store.ts";

const worker: ExportedHandler<Env, WakeUp> = {
  fetch: (request, env, context) => toApp(env).fetch(request, env, context),

  async scheduled(_controller, env) {
    for (const fault of await runMinuteTick(toPlatform(env))) console.error("minute tick", fault);
  },

  /** Each message on its own: one that breaks does not bring its neighbours back. */
  async queue(batch, env) {
    const platform = toPlatform(env);
    await Promise.all(
      batch.messages.map(async (message) => {
        try {
          if (!batch.queue.endsWith("-dlq")) await handleWakeUp(platform, message.body);
          else if (!(await handleDeadLetter(platform, message.body)))
            console.error("unreadable message", message.id);
          message.ack();
        } catch (error) {
          console.error(batch.queue, message.id, error);
          message.retry();
        }
      }),
    );
  },
};

export default worker;
