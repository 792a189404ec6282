// The platform's own time.
import type { Clock } from "../kernel/ports/clock.ts";

export const clock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
