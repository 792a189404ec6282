// Webhooks: made, listed, removed, and tried with a saved payload.
import { EXIT_CODES } from "../../exit-codes.ts";
import { type Command, toOption, toWord } from "../command.ts";
import { type Json, toJson, toJsonList, toList, toNumber, toText } from "../json.ts";
import { loadFile } from "../run/attachment.ts";
import { Complaint, type Shell } from "../shell.ts";
import type { View } from "../show/view.ts";
import { WEBHOOK_WORDS } from "../words/webhook-words.ts";
import { toLogWord } from "../words/log-words.ts";
import { showAnswer, toListLines, toStoppedLines, toWaitLines } from "./show-answer.ts";
import { loadSkillId } from "./skill-id.ts";
import { takeOver } from "./take-over.ts";

export const webhookAdd: Command = {
  name: "webhook add",
  summary: { en: "let a service start a skill", ru: "разрешить сервису запускать навык" },
  words: "<skill>",
  options: [
    {
      flags: "--id <webhook>",
      summary: { en: "its name, the last part of the address", ru: "его имя, последняя часть адреса" },
    },
    {
      flags: "--scheme <scheme>",
      summary: {
        en: "skillos, stripe, github, slack or standard (skillos)",
        ru: "skillos, stripe, github, slack или standard (по умолчанию skillos)",
      },
    },
    {
      flags: "--secret <secret>",
      summary: {
        en: "the secret that the service signs its deliveries with; where it is left out, SKILLOS_WEBHOOK_SECRET",
        ru: "секрет, которым сервис подписывает доставки; если не задан, берётся SKILLOS_WEBHOOK_SECRET",
      },
    },
  ],
  async run(given, shell) {
    const [id, secret] = [toOption(given, "id"), toOption(given, "secret")];
    if (id === "") throw new Complaint(({ webhookName }) => webhookName());
    const json = {
      id,
      skill: await loadSkillId(toWord(given, 0), shell),
      scheme: toOption(given, "scheme") || "skillos",
      ...(secret === "" ? {} : { secret }),
    };
    return showAnswer(await shell.call("POST /webhooks", { json }), shell, (body, view) => {
      const needs = toList(body["needs"]).map(toText);
      return [
        `✓ POST ${toText(body["url"]) || `/webhooks/${id}`}`,
        ...(needs.length === 0 ? [] : [`  ${view.words.deliveryNeeds(needs.join(", "))}`]),
        ...toWaitLines(body, view),
      ];
    });
  },
};

export const webhookList: Command = {
  name: "webhook list",
  summary: {
    en: "who may start which skill, and what failed to; secrets are not shown",
    ru: "кто какой навык может запускать и что не удалось; секреты не показываются",
  },
  run: async (_given, shell) =>
    showAnswer(await shell.call("GET /webhooks"), shell, (body, view) => [
      ...toListLines(
        toJsonList(body["webhooks"]).map((one) => toShown(one, view)),
        ["id", "skill", "scheme", "url", "secret"],
        view,
      ),
      ...toJsonList(body["webhooks"]).flatMap((webhook) => [
        ...toStoppedLines(webhook, view),
        ...toFailedLines(webhook, view),
      ]),
    ]),
};

function toShown(webhook: Json, { locale }: View): Json {
  return { ...webhook, secret: toLogWord(toText(webhook["secret"]), locale) };
}

/** A delivery that could not start anything is no run: here it is seen. */
function toFailedLines(webhook: Json, { words, paint }: View): readonly string[] {
  const failed = toNumber(webhook["failed"]) ?? 0;
  if (failed === 0) return [];
  const why = toText(toJson(webhook["last_problem"])["detail"]);
  return [paint("red", `✗ ${words.deliveriesFailed(toText(webhook["id"]), failed)}`), `  ${why}`];
}

export const webhookTakeOver: Command = {
  name: "webhook take-over",
  summary: {
    en: "make a webhook your own: it is bound to your key from now on",
    ru: "принять вебхук на себя: дальше он работает от вашего ключа",
  },
  words: "<webhook>",
  run: (given, shell) => takeOver("webhooks", given, shell),
};

export const webhookSetSecret: Command = {
  name: "webhook set-secret",
  summary: {
    en: "give a webhook another secret; what is signed with the old one is refused from then on",
    ru: "задать вебхуку другой секрет; подписанное прежним больше не принимается",
  },
  words: "<webhook>",
  options: [
    {
      flags: "--secret <secret>",
      summary: {
        en: "the secret that the service signs its deliveries with from now on",
        ru: "секрет, которым сервис подписывает доставки с этого момента",
      },
    },
  ],
  async run(given, shell) {
    const [id, secret] = [toWord(given, 0), toOption(given, "secret")];
    if (secret === "") throw new Complaint(({ webhookSecret }) => webhookSecret(id));
    const answer = await shell.call(`PUT /webhooks/${encodeURIComponent(id)}`, { json: { secret } });
    return showAnswer(answer, shell, (body, { locale }) => [
      WEBHOOK_WORDS[locale].secretSet(toText(body["id"])),
    ]);
  },
};

export const webhookRemove: Command = {
  name: "webhook remove",
  summary: {
    en: "delete a webhook; what was delivered and not started fails",
    ru: "удалить вебхук; доставленное, но не начатое, не выполнится",
  },
  words: "<webhook>",
  run: async (given, shell) =>
    showAnswer(
      await shell.call(`DELETE /webhooks/${encodeURIComponent(toWord(given, 0))}`),
      shell,
      (body, view) => [view.words.removed(toText(body["id"]))],
    ),
};

export const webhookHandle: Command = {
  name: "webhook handle",
  summary: {
    en: "deliver a saved payload to a webhook, exactly as its sender would",
    ru: "доставить вебхуку сохранённые данные точно так, как их прислал бы сервис",
  },
  options: [
    { flags: "--id <webhook>", summary: { en: "the webhook", ru: "имя вебхука" } },
    {
      flags: "--path <file>",
      summary: {
        en: "the payload; its bytes go as they are",
        ru: "данные; файл уходит как есть, байт в байт",
      },
    },
    {
      flags: "--signature <value>",
      summary: { en: 'X-SkillOS-Signature, "t=…,v1=…"', ru: 'заголовок X-SkillOS-Signature, "t=…,v1=…"' },
    },
  ],
  async run(given, shell) {
    const [id, path, signature] = [
      toOption(given, "id"),
      toOption(given, "path"),
      toOption(given, "signature"),
    ];
    if (id === "" || path === "") throw new Complaint(({ whichDelivery }) => whichDelivery());
    const headers = {
      "content-type": "application/json",
      ...(signature === "" ? {} : { "x-skillos-signature": signature }),
    };
    const answer = await shell.call(`POST /webhooks/${encodeURIComponent(id)}`, {
      raw: loadFile(path, shell),
      headers,
    });
    if (answer.status === 401) await explainUnbelieved(id, signature, shell);
    return showAnswer(answer, shell, (body) => [
      `✓ ${toText(body["status"]) || "stored"} ${toText(body["run_id"]) || toText(body["event_id"])}`.trim(),
    ]);
  },
};

/** A stranger is told the same of an unknown webhook and of a wrong signature. Whoever has a key may see which webhooks there are. */
async function explainUnbelieved(id: string, signature: string, shell: Shell): Promise<void> {
  const known = toJsonList((await shell.call("GET /webhooks")).body["webhooks"]).map((one) =>
    toText(one["id"]),
  );
  if (!known.includes(id)) throw new Complaint(({ noWebhook }) => noWebhook(id, known), EXIT_CODES.notFound);
  if (signature === "") throw new Complaint(({ unsigned }) => unsigned(id), EXIT_CODES.forbidden);
  throw new Complaint(({ wrongSignature }) => wrongSignature(id), EXIT_CODES.forbidden);
}
