// A posted form, as far as one may come in.
import type { Refusal } from "../../../kernel/domain/refusal.ts";

/** One attachment and what stands around it. */
const MAX_FORM_BYTES = 11 * 1024 * 1024;

export async function readForm(request: Request): Promise<FormData | Refusal> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_FORM_BYTES)
    return { reason: "too_large", what: "the form", limitBytes: MAX_FORM_BYTES };
  try {
    return await request.formData();
  } catch {
    // Not a form, or cut off on the way: the browser's own message would say nothing more.
    return {
      reason: "bad_request",
      message: { en: "The form arrived incomplete.", ru: "Форма пришла не целиком." },
      mend: { en: "Send it again.", ru: "Отправьте её ещё раз." },
    };
  }
}
