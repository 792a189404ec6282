// Whether a write is the one that was agreed to, and which of its entities were left out.
import type { EffectClass, Entity, Manifest } from "../domain/effect.ts";
import { isStricter, toPlaceOfKey } from "../domain/effect.ts";
import { Refused } from "../domain/refusal.ts";

/**
 * Null when nobody was asked. A write that is not in the agreed manifest stops the run before it is sent.
 */
export function findAgreement(
  manifest: Manifest | null,
  key: string,
): { entities: readonly Entity[]; excluded: readonly string[] } | null {
  if (manifest === null) return null;
  const place = toPlaceOfKey(key);
  const planned = manifest.writes.find((write) => toPlaceOfKey(write.key) === place);
  if (!planned || planned.entities === "unknown until run") return null;
  const mine = `${place}#`;
  return {
    entities: planned.entities,
    excluded: manifest.excluded
      .filter((entry) => entry.startsWith(mine))
      .map((entry) => entry.slice(mine.length)),
  };
}

/** Throws unless the manifest lists this write. */
export function checkInManifest(manifest: Manifest | null, key: string): void {
  if (manifest === null) return;
  const place = toPlaceOfKey(key);
  if (manifest.writes.some((write) => toPlaceOfKey(write.key) === place)) return;
  throw new Refused({
    reason: "plan_drift",
    message: {
      en: `Step ${place} would write something that was not in the list you agreed to. It was not sent.`,
      ru: `Шаг ${place} записал бы то, чего не было в согласованном списке. Это не отправлено.`,
    },
    before: manifest.hash,
    now: place,
  });
}

/** Throws where an effect turns out to mean more than what the plan asked permission for. */
export function checkAuthorized(authorized: EffectClass, step: string, actual: EffectClass): void {
  if (!isStricter(actual, authorized)) return;
  throw new Refused({
    reason: "plan_drift",
    message: {
      en: `Step ${step} turned out to be a ${actual}; the plan had asked for no more than a ${authorized}. It was not sent.`,
      ru: `Шаг ${step} оказался действием «${actual}»; план предусматривал не больше чем «${authorized}». Это не отправлено.`,
    },
    before: authorized,
    now: actual,
  });
}

/** Throws where a redirect leads to what is more than a read: no plan said that, and nobody was asked. */
export function checkHop(actual: EffectClass, step: string, target: string): void {
  if (actual === "read") return;
  throw new Refused({
    reason: "plan_drift",
    message: {
      en: `A redirect led step ${step} to ${target}, which is a ${actual} by the rules of its connector; the plan did not say so. Nothing was sent there.`,
      ru: `Перенаправление привело шаг ${step} на ${target}: по правилам подключения это «${actual}», а в плане этого не было. Туда ничего не отправлено.`,
    },
    mend: {
      en: "Let the step ask for that address itself, so that its plan says what it does; or correct `effects:` of the connector, if it only reads there.",
      ru: "Пусть шаг сам обращается по этому адресу — тогда это будет в плане; или исправьте `effects:` подключения, если там только чтение.",
    },
    before: "read",
    now: actual,
  });
}

/** The write is in the list, but it is not what the list said. */
export function toContentDrift(step: string): Refused {
  return new Refused({
    reason: "plan_drift",
    message: {
      en: `What step ${step} would send is no longer what you agreed to. It was not sent.`,
      ru: `Шаг ${step} отправил бы уже не то, с чем вы согласились. Это не отправлено.`,
    },
    before: "",
    now: step,
  });
}
