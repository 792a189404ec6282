// One documentation page per refusal: what it means, why it exists, and an example. Shown at /docs/errors/<code>, written to
// docs/errors by scripts/generate-docs.ts, and the examples of the tests.
import type { Reason } from "../../kernel/domain/refusal.ts";
import { CALLER_PAGES } from "./caller-pages.ts";
import { PAYER_PAGES } from "./payers.ts";
import { REPEAT_PAGES } from "./repeats.ts";
import type { Pages } from "./row.ts";
import { STOP_PAGES } from "./stops.ts";
import { VAULT_PAGES } from "./vault.ts";
import { WORK_PAGES } from "./work-pages.ts";

export const REFUSAL_PAGES = {
  ...CALLER_PAGES,
  ...PAYER_PAGES,
  ...STOP_PAGES,
  ...VAULT_PAGES,
  ...REPEAT_PAGES,
  ...WORK_PAGES,
} satisfies Pages<Reason>;
