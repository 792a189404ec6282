// The end of a tenant, by the operator of this computer only: nothing of it can be read any more.
import { z } from "zod";
import { OPERATOR, toTenantId } from "../../kernel/domain/id.ts";
import { noteAudit } from "../records/audit.ts";
import { defineOperation } from "../operation.ts";
import { isOperator } from "./operator.ts";

/** Left as well, and nothing says how much of it is whose: docs/encryption.md says where and for how long. */
const NOT_COUNTED = ["mail", "database_free_pages"] as const;

export const tenantErase = defineOperation({
  name: "tenant-erase",
  summary:
    "Deletes a tenant's keys, so that nothing it kept can be read any more, its users, skills, tables and secrets. Answers what is left, by size, and by name where nobody can count it. On this computer and by its owner only.",
  permission: "admin",
  http: "DELETE /tenants/{id}",
  audited: "tenant.erase",
  input: z.object({ id: z.string() }),
  async run(platform, call) {
    const { principal } = call;
    if (platform.environment !== "local" || !isOperator(principal))
      return {
        refusal: {
          ...{ reason: "forbidden", action: "erase a tenant" },
          ...{ rule: "only the operator erases tenants", role: principal.role },
        },
      };
    const tenant = toTenantId(call.input.id);
    if (tenant === OPERATOR)
      return {
        refusal: {
          reason: "conflict",
          message: {
            en: "This is the operator's own tenant: without it nobody could do anything here. Nothing was changed.",
            ru: "Это организация самого оператора: без неё здесь никто ничего не сможет. Ничего не изменено.",
          },
        },
      };
    // While its rows still say which: an index of vectors lists nothing.
    await platform.vectors.keepOnly(tenant, null);
    if (!(await platform.erasure.erase(tenant)))
      return { refusal: { reason: "not_found", what: "tenant", id: call.input.id } };
    await platform.runners.erase(tenant);
    // After the runners: what they settle, their guard counts.
    await platform.audit.erase(tenant);
    await platform.store(tenant).clear();
    const remains = (await platform.erasure.listRemains(tenant)).filter(({ count }) => count > 0);
    const body = {
      also_left: NOT_COUNTED,
      remains: remains.map(({ isSealed, ...one }) => ({ ...one, sealed: isSealed })),
    };
    noteAudit(platform, call, { action: "tenant.erase", target: tenant, body });
    return { body: { tenant, erased: true, ...body } };
  },
});
