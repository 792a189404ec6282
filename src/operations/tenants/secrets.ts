// A tenant's secrets: set, named, deleted. A value goes in and never comes out: only the door reads it.
import { z } from "zod";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import { joinLanguages } from "../../kernel/domain/text.ts";
import { toIso } from "../../kernel/domain/zone.ts";
import { toSecretKeys } from "../../kernel/door/own-secrets.ts";
import { isTooShort, SHORTEST_SECRET } from "../../kernel/door/secret-forms.ts";
import { noteAudit } from "../records/audit.ts";
import { noteBrokenRows, toSealed } from "../records/broken-seals.ts";
import { defineOperation } from "../operation.ts";

const SecretName = z.string().regex(
  /^[A-Z][A-Z0-9_]{0,63}$/,
  joinLanguages({
    en: "A secret is named as connectors write it after `secret:`: capital Latin letters, digits and _, at most 64.",
    ru: "Имя секрета — как в коннекторе после `secret:`: заглавные латинские буквы, цифры и _, не длиннее 64.",
  }),
);

/** The longest that is known are certificates with their keys. */
const MOST_BYTES = 65_536;

function findValueRefusal(value: string): Refusal | null {
  const sizeBytes = new TextEncoder().encode(value).byteLength;
  if (sizeBytes > MOST_BYTES)
    return { reason: "too_large", what: "the secret", sizeBytes, limitBytes: MOST_BYTES };
  if (value.trim() !== "") return isTooShort(value) ? TOO_SHORT : null;
  return {
    reason: "bad_request",
    message: {
      en: "The value is empty. Nothing was changed.",
      ru: "Значение пустое. Ничего не изменено.",
    },
    mend: {
      en: "Give the value, or delete the secret: `skillos secrets delete NAME`.",
      ru: "Задайте значение или удалите секрет: `skillos secrets delete ИМЯ`.",
    },
    field: "value",
  };
}

const TOO_SHORT: Refusal = {
  reason: "bad_request",
  message: {
    en: `A secret has at least ${SHORTEST_SECRET} characters: a shorter one could not be hidden in what services answer. Nothing was changed.`,
    ru: `В секрете не меньше ${SHORTEST_SECRET} знаков: более короткий нельзя скрыть в ответах служб. Ничего не изменено.`,
  },
  mend: {
    en: "Have the service give a longer one. What is no secret stands in the connector as it is.",
    ru: "Получите у службы более длинный. Если это не секрет, впишите значение прямо в коннектор.",
  },
  field: "value",
};

export const secretSet = defineOperation({
  name: "secret-set",
  summary:
    "Keeps a value that connectors name as `secret:NAME`. It counts from the next call on and is never shown again.",
  permission: "admin",
  http: "PUT /secrets/{name}",
  audited: "secret.set",
  input: z.strictObject({ name: SecretName, value: z.string() }),
  async run(platform, call) {
    const { name, value } = call.input;
    const refusal = findValueRefusal(value);
    if (refusal) return { refusal };
    const { tenant, user } = call.principal;
    const setAt = platform.clock.now();
    await platform.secretStore.set(tenant, { name, user, setAt }, value);
    noteAudit(platform, call, { action: "secret.set", target: name, body: {} });
    return { body: { name, set_at: toIso(setAt), set_by: user } };
  },
});

export const secretList = defineOperation({
  name: "secret-list",
  summary: "Which secrets are set, when and by whom, and which connectors use them. Values are not shown.",
  permission: "admin",
  http: "GET /secrets",
  input: z.object({}),
  async run(platform, call) {
    const { tenant } = call.principal;
    const [notes, { connectors }] = await Promise.all([
      platform.secretStore.list(tenant),
      platform.loadFresh(tenant),
    ]);
    const users = [...connectors.values()].map(({ name, ...parts }) => ({ name, keys: toSecretKeys(parts) }));
    const secrets = notes.map(({ name, user, setAt, ...rest }) => ({
      ...{ name, set_at: toIso(setAt), set_by: user, ...toSealed(rest) },
      connectors: users.filter(({ keys }) => keys.includes(name)).map((connector) => connector.name),
    }));
    return {
      body: { secrets },
      ...noteBrokenRows(platform, call, { target: "secret-list", rows: notes }),
    };
  },
});

export const secretDrop = defineOperation({
  name: "secret-drop",
  summary: "Deletes a secret. Connectors that name it use the operator's variable of that name, if they may.",
  permission: "admin",
  http: "DELETE /secrets/{name}",
  audited: "secret.drop",
  input: z.object({ name: z.string() }),
  async run(platform, call) {
    const { name } = call.input;
    if (!(await platform.secretStore.drop(call.principal.tenant, name)))
      return { refusal: { reason: "not_found", what: "secret", id: name } };
    noteAudit(platform, call, { action: "secret.drop", target: name, body: {} });
    return { body: { name, deleted: true } };
  },
});
