// Why somebody's yes does not count though his role would do, and what mends it.
import type { BothLanguages } from "../domain/text.ts";

export interface Why {
  readonly rule: string;
  /** Absent: those who may are named. */
  readonly mend?: BothLanguages | undefined;
}

export const OWN: Why = { rule: "nobody agrees to what he asked for himself" };
export const PUT_IN: Why = { rule: "nobody agrees to what he himself put into a run" };

export const OUT_OF_REACH: Why = {
  rule: "it calls a skill that this key does not reach",
  mend: {
    en: "Use a key that reaches every skill of the plan.",
    ru: "Возьмите ключ, которому доступны все навыки плана.",
  },
};

export const COULD_BEFORE: Why = {
  rule: "others could decide when it was asked, or within the last day",
  mend: {
    en: "Give one of them the role again, or cancel this run and ask anew once they could not decide for a whole day: then it is on record that you are alone.",
    ru: "Верните кому-нибудь из них роль или отмените этот запуск и запросите заново, когда пройдут сутки с тех пор, как решить они не могут: тогда будет записано, что вы один.",
  },
};

interface Way {
  readonly user: string;
  /** A key or an address of his that nobody of those who asked has in hand. */
  readonly hasAnother: boolean;
  /** Who may give him one. */
  readonly owners: readonly string[];
}

/** By whatever age of the key: who made it may have kept it, and what was made with it. */
export function toFromAsker({ user, hasAnother, owners }: Way): Why {
  const rule = "the key comes from whoever asked";
  if (hasAnother)
    return {
      rule,
      mend: {
        en: "Open the link that was mailed to you, or use a key of yours that did not come from whoever asked (`skillos keys` says `made_by`).",
        ru: "Откройте ссылку из письма или возьмите свой ключ, который дал не тот, кто просит (кто дал, видно в `skillos keys`: `made_by`).",
      },
    };
  const [first] = owners;
  const who = first ?? "OWNER";
  return {
    rule,
    mend: {
      en: `Come by a way that whoever asked has not in hand: sign in with a token of your identity provider (JWT), or let another owner (${who}) make you a key, \`skillos keys add --user ${user}\`, or set your address, \`skillos users set-email ${user} ADDRESS\`: then a link is mailed to you.`,
      ru: `Придите путём, который не в руках того, кто просит: войдите по токену вашего провайдера (JWT), или пусть другой владелец (${who}) создаст вам ключ, \`skillos keys add --user ${user}\`, или укажет ваш адрес, \`skillos users set-email ${user} АДРЕС\`: тогда придёт письмо со ссылкой.`,
    },
  };
}
