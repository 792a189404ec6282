// The people of a tenant, by its owners. Who is removed leaves the tenant at once: his keys end with him.
import { z } from "zod";
import { isUserId } from "../../kernel/domain/id.ts";
import { ROLES, toHandsOf } from "../../kernel/domain/principal.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import { isMailAddress } from "../../kernel/domain/mail.ts";
import { joinLanguages } from "../../kernel/domain/text.ts";
import { toIso } from "../../kernel/domain/zone.ts";
import type { User } from "../../kernel/ports/keys.ts";
import { noteAudit } from "../records/audit.ts";
import { defineOperation } from "../operation.ts";

const UserId = z.string().refine(
  isUserId,
  joinLanguages({
    en: "A user is named with Latin letters, digits and . _ @ + -.",
    ru: "Имя пользователя — из латинских букв, цифр и . _ @ + -.",
  }),
);
const Role = z.enum(ROLES);
const Email = z.union([z.literal(""), z.string()]).refine(
  (text) => text === "" || isMailAddress(text),
  joinLanguages({
    en: "This is no mail address: write name@example.com.",
    ru: "Это не адрес почты: напишите name@example.com.",
  }),
);

export const userAdd = defineOperation({
  name: "user-add",
  summary: "Lets somebody join. POST /keys with `user` makes their first key.",
  permission: "admin",
  http: "POST /users",
  audited: "user.add",
  input: z.strictObject({
    id: UserId,
    name: z.string().trim().max(200).default(""),
    role: Role,
    email: Email.default(""),
  }),
  async run(platform, call) {
    const { id, name, role, email } = call.input;
    const now = platform.clock.now();
    const user: User = {
      id,
      name,
      role,
      email,
      createdAt: now,
      emailSince: now,
      emailBy: toHandsOf(call.principal, id),
    };
    if (!(await platform.users.add(call.principal.tenant, user)))
      return {
        refusal: {
          reason: "conflict",
          message: {
            en: `There is a user "${id}" already. Nothing was changed.`,
            ru: `Пользователь «${id}» уже есть. Ничего не изменено.`,
          },
        },
      };
    noteAudit(platform, call, {
      action: "user.add",
      target: id,
      body: { role, ...(email !== "" && { email: "set" }) },
    });
    return { status: 201, body: toBody(user) };
  },
});

function toBody({ id, name, role, createdAt, email }: User) {
  return { id, name, role, ...(email !== "" && { email }), created_at: toIso(createdAt) };
}

export const userList = defineOperation({
  name: "user-list",
  summary: "Who belongs to the tenant, and their roles.",
  permission: "admin",
  http: "GET /users",
  input: z.object({}),
  async run(platform, { principal }) {
    return { body: { users: (await platform.users.list(principal.tenant)).map(toBody) } };
  },
});

const LAST_OWNER: Refusal = {
  reason: "conflict",
  message: {
    en: "The tenant would have no owner. Make somebody else an owner first; nothing was changed.",
    ru: "Не осталось бы ни одного владельца. Сначала назначьте другого; ничего не изменено.",
  },
};

export const userPut = defineOperation({
  name: "user-put",
  summary: "Gives a user another role, or another mail address; their keys follow within 5 seconds.",
  permission: "admin",
  http: "PUT /users/{id}",
  audited: "user.change",
  input: z.strictObject({ id: z.string(), role: Role.optional(), email: Email.optional() }),
  async run(platform, call) {
    const { id, role, email } = call.input;
    const { tenant } = call.principal;
    const user = await platform.users.find(tenant, id);
    if (user === null) return { refusal: { reason: "not_found", what: "user", id } };
    const emailBy = toHandsOf(call.principal, id);
    const to = { role: role ?? null, email: email ?? null, emailBy, now: platform.clock.now() };
    if (!(await platform.users.change(tenant, id, to))) return { refusal: LAST_OWNER };
    noteAudit(platform, call, { action: "user.change", target: id, body: toChange(user, to) });
    return { body: toBody({ ...user, role: role ?? user.role, email: email ?? user.email }) };
  },
});

/** The address itself is personal, and no record is: that it is another is what counts. */
function toChange(user: User, to: { readonly role: string | null; readonly email: string | null }) {
  const isMoved = to.email !== null && to.email !== user.email;
  // By another owner it is another's word: a link may go there.
  const isSame = to.email !== null && to.email !== "" && to.email === user.email;
  return {
    ...(to.role !== null && to.role !== user.role && { role: { from: user.role, to: to.role } }),
    ...(isSame && { email: "confirmed" }),
    ...(isMoved && { email: to.email === "" ? "removed" : user.email === "" ? "set" : "changed" }),
  };
}

const HOST_OF_THIS_COMPUTER = {
  en: "SkillOS runs on this user's computer, and its own commands use their key. Nothing was done.",
  ru: "SkillOS работает на компьютере этого пользователя, его ключ нужен командам. Ничего не сделано.",
};

export const userRemove = defineOperation({
  name: "user-remove",
  summary: "Removes a user; their keys and tokens are refused within 5 seconds.",
  permission: "admin",
  http: "DELETE /users/{id}",
  audited: "user.remove",
  input: z.object({ id: z.string() }),
  async run(platform, call) {
    const { id } = call.input;
    const { tenant } = call.principal;
    const user = await platform.users.find(tenant, id);
    if (user === null) return { refusal: { reason: "not_found", what: "user", id } };
    const keys = await platform.keys.list(tenant);
    if (keys.some((key) => key.user === id && key.isOfThisComputer))
      return { refusal: { reason: "conflict", message: HOST_OF_THIS_COMPUTER } };
    if (!(await platform.users.remove(tenant, id, platform.clock.now()))) return { refusal: LAST_OWNER };
    noteAudit(platform, call, { action: "user.remove", target: id, body: { role: user.role } });
    return { body: { id, removed: true } };
  },
});
