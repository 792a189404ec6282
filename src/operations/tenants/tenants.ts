// New tenants, by the operator of this computer only.
import { z } from "zod";
import { sha256 } from "../../kernel/domain/hash.ts";
import type { TenantId } from "../../kernel/domain/id.ts";
import { noteAudit } from "../records/audit.ts";
import { defineOperation } from "../operation.ts";
import { isOperator } from "./operator.ts";
import { pauseNewTenant } from "../stops/system-pause.ts";

export const tenantAdd = defineOperation({
  name: "tenant-add",
  summary:
    "Makes a tenant and its owner's key, which is shown this once. On this computer and by its owner only.",
  permission: "admin",
  http: "POST /tenants",
  audited: "tenant.add",
  showsSecret: true,
  input: z.strictObject({
    name: z.string().trim().min(1).max(200),
    time_zone: z.string().optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
  }),
  async run(platform, call) {
    if (platform.environment !== "local" || !isOperator(call.principal)) {
      return {
        refusal: {
          reason: "forbidden",
          action: "make a tenant",
          rule: "only the operator makes tenants",
          role: call.principal.role,
        },
      };
    }
    const { name, time_zone, currency } = call.input;
    if (time_zone !== undefined && !platform.cron.isZone(time_zone))
      return {
        refusal: {
          reason: "bad_request",
          message: { en: `There is no time zone "${time_zone}".`, ru: `Часового пояса «${time_zone}» нет.` },
          field: "time_zone",
        },
      };
    const key = `sk_${platform.ids.secret()}`;
    const id: TenantId = `ten_${platform.ids.ulid()}`;
    await platform.tenants.add({
      id,
      name,
      timeZone: time_zone ?? platform.newTenant.timeZone,
      currency: currency ?? platform.newTenant.currency,
      createdAt: platform.clock.now(),
      key: { id: `key_${platform.ids.ulid()}`, hash: sha256(key) },
    });
    // Its guard knows this system's zone only: a budget's day is the tenant's own.
    if (time_zone !== undefined)
      await platform.guard.change(id, { order: "limits", change: { timeZone: time_zone } });
    await pauseNewTenant(platform, id);
    noteAudit(platform, call, { action: "tenant.add", target: id, body: {} });
    return { status: 201, body: { tenant: id, name, api_key: key } };
  },
});
