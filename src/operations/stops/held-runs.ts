// Runs that were held back are tried again at once by whoever took away what held them; should that fail, their alarm does it.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Platform } from "../../kernel/ports/platform.ts";

export function tryHeldBack({ runners, background }: Platform, tenant: TenantId): void {
  background(runners.tryHeldBack(tenant).catch(() => undefined));
}
