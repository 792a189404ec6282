// Services that are left alone because they failed too often: looked at, and opened again by hand.
import { z } from "zod";
import { toHost } from "../../kernel/domain/host.ts";
import { toZonedIso } from "../../kernel/domain/zone.ts";
import { findNearestName } from "../../kernel/language/nearest-name.ts";
import type { BreakerView } from "../../kernel/ports/guard.ts";
import { noteAudit } from "../records/audit.ts";
import { tryHeldBack } from "./held-runs.ts";
import { defineOperation } from "../operation.ts";

function toShown({ host, state, why, until, counted, ...counts }: BreakerView, timeZone: string) {
  return {
    host,
    state,
    why,
    until: until === null ? null : toZonedIso(until, timeZone),
    last_minute: counts,
    ...(counted !== null && { at_opening: counted }),
  };
}

export const breakerList = defineOperation({
  name: "breaker-list",
  summary:
    "Services that were called lately: whether each may be called, why not, and when it is tried again.",
  permission: "read",
  http: "GET /breakers",
  input: z.object({}),
  async run(platform, call) {
    const { tenant } = call.principal;
    // What was seen a moment ago is told first.
    await platform.runners.drain(tenant);
    const { breakers, limits } = await platform.guard.budget(tenant);
    const shown = breakers.map((breaker) => toShown(breaker, limits.timeZone));
    return { body: { breakers: shown, time_zone: limits.timeZone } };
  },
});

export const breakerReset = defineOperation({
  name: "breaker-reset",
  summary: "Lets a service that is left alone be called again at once, and forgets what was counted of it.",
  permission: "admin",
  http: "POST /breakers/reset",
  audited: "breaker.reset",
  input: z.strictObject({ host: z.string().trim().min(1).max(300) }),
  async run(platform, call) {
    const { tenant } = call.principal;
    const { host: typed } = call.input;
    await platform.runners.drain(tenant);
    const { breakers } = await platform.guard.budget(tenant);
    const names = [typed, toHost(typed)];
    const known = breakers.find((breaker) => names.includes(breaker.host));
    if (!known) {
      const hosts = breakers.map((one) => one.host);
      const suggestion = findNearestName(typed, hosts) ?? undefined;
      return { refusal: { reason: "not_found", what: "breaker", id: typed, suggestion } };
    }
    const { host } = known;
    await platform.guard.change(tenant, { order: "reset_breaker", host });
    tryHeldBack(platform, tenant);
    noteAudit(platform, call, { action: "breaker.reset", target: host, body: { was: known.state } });
    return { body: { host, state: "closed", was: known.state } };
  },
});
