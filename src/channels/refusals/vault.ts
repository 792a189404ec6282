// What a caller is told when what is kept cannot be sealed or opened.
import type { BothLanguages } from "../../kernel/domain/text.ts";
import type { Pages, Rows } from "./row.ts";

type VaultReason = "vault_closed" | "seal_broken";

const BECAUSE: Readonly<Record<"missing" | "malformed", (variable: string) => BothLanguages>> = {
  missing: (variable) => ({ en: `${variable} is not set.`, ru: `${variable} не задан.` }),
  malformed: (variable) => ({
    en: `${variable} holds what is no key: 32 bytes in base64 are needed.`,
    ru: `В ${variable} не ключ: нужны 32 байта в base64.`,
  }),
};

export const VAULT_ROWS: Rows<VaultReason> = {
  vault_closed: {
    status: 503,
    exitCode: 9,
    retryable: false,
    title: () => ({ en: "Nothing can be kept here", ru: "Здесь ничего нельзя сохранить" }),
    detail: ({ why, variable }) => ({
      en: `${BECAUSE[why](variable).en} Without it nothing can be sealed, so nothing is accepted. Nothing was done.`,
      ru: `${BECAUSE[why](variable).ru} Без него нечем шифровать, поэтому ничего не принимается. Ничего не сделано.`,
    }),
    fix: ({ variable }) => ({
      en: `The operator sets it: \`openssl rand -base64 32 | npx wrangler secret put ${variable} --env production\`; on one's own computer \`.skillos/master.key\` is made at the first start.`,
      ru: `Его задаёт оператор: \`openssl rand -base64 32 | npx wrangler secret put ${variable} --env production\`; на своём компьютере \`.skillos/master.key\` создаётся при первом запуске.`,
    }),
  },
  seal_broken: {
    status: 500,
    exitCode: 1,
    retryable: false,
    title: ({ column }) => ({
      en: `A value of ${column} does not open`,
      ru: `Значение ${column} не открывается`,
    }),
    detail: ({ why, tenant, column, row }) =>
      why === "altered"
        ? {
            en: `${column} of ${row} (${tenant}) was changed, or it was moved there from another row. It is not shown.`,
            ru: `${column} строки ${row} (${tenant}) изменено или перенесено из другой строки. Оно не показано.`,
          }
        : {
            en: `The key that ${column} of ${row} (${tenant}) was sealed with is not here: it was erased, or its master key is not given.`,
            ru: `Ключа, которым зашифровано ${column} строки ${row} (${tenant}), здесь нет: он стёрт или не задан главный ключ.`,
          },
    fix: ({ why }) =>
      why === "altered"
        ? {
            en: "Restore this row from a backup, and look for who can write to the database.",
            ru: "Восстановите эту строку из резервной копии и выясните, кто может писать в базу.",
          }
        : {
            en: "Put the earlier key into SKILLOS_MASTER_KEYS_OLD. On your own computer `skillos doctor` says which key is needed and what stands where.",
            ru: "Впишите прежний ключ в SKILLOS_MASTER_KEYS_OLD. На своём компьютере `skillos doctor` скажет, какой ключ нужен и что где стоит.",
          },
  },
};

export const VAULT_PAGES: Pages<VaultReason> = {
  vault_closed: {
    means: {
      en: "The master key, with which everything that is kept is sealed, was not given or is none.",
      ru: "Главный ключ, которым шифруется всё сохраняемое, не задан или это не ключ.",
    },
    why: {
      en: "What is kept in clear once stays in backups for years; so nothing is kept without the key.",
      ru: "Однажды сохранённое открытым годами лежит в резервных копиях; поэтому без ключа не сохраняется ничего.",
    },
    example: { reason: "vault_closed", why: "missing", variable: "SKILLOS_MASTER_KEY" },
  },
  seal_broken: {
    means: {
      en: "A sealed value is not what was sealed at this place, or its key is gone.",
      ru: "Зашифрованное значение не то, что было зашифровано на этом месте, либо его ключа больше нет.",
    },
    why: {
      en: "Each value is bound to its tenant, table and row. Rather nothing than something that somebody put there. It is noted in the audit.",
      ru: "Каждое значение привязано к своей организации, таблице и строке. Лучше ничего, чем то, что кто-то подложил. Это записано в журнал решений.",
    },
    example: {
      reason: "seal_broken",
      why: "altered",
      tenant: "ten_local",
      column: "runs.record",
      row: "run_0_01JD8Z5W7K3M9Q2R4T6V8X0Y1A",
    },
  },
};
