// Calls of an object that may be away: reset, overloaded, on a machine that is going down.
import { Fault } from "../../kernel/domain/refusal.ts";

/** The platform's own failure is a fault of the world, and the call may succeed later; what our code threw is passed on. */
export async function reach<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const isOurs = error instanceof Error && "remote" in error && error.remote === true;
    if (isOurs) throw error;
    throw new Fault("unreachable", "later", what, error);
  }
}
