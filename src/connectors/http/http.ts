// Web services, with or without a connector. It builds the request and reads the answer; the door's fetch does the rest.
import type { Connector } from "../../kernel/domain/connector.ts";
import { Fault } from "../../kernel/domain/refusal.ts";
import type { Capability, CapabilityAnswer, CapabilityIo, Preview } from "../../kernel/ports/capability.ts";
import { readAnswer } from "./answer.ts";
import { isDeduplicated, toFacts } from "./effect.ts";
import { toOutgoing } from "./outgoing.ts";
import type { HttpRequest } from "./request.ts";
import { parseHttpRequest } from "./request.ts";

/** Statuses that the same request may not meet again. */
const LATER = new Set([408, 425, 429]);
const SUMMARY_LENGTH = 120;

export function createHttpCapability(): Capability {
  return {
    via: "http",
    describe: (request, connector) => toFacts(parseHttpRequest(request), connector),
    call: (request, connector, io) => call(parseHttpRequest(request), connector, io),
    preview: async (request, connector) => toPreview(parseHttpRequest(request), connector),
  };
}

async function call(
  request: HttpRequest,
  connector: Connector | null,
  io: CapabilityIo,
): Promise<CapabilityAnswer> {
  const facts = toFacts(request, connector);
  const outgoing = toOutgoing(request, connector);
  const isKeyed = facts.class !== "read" && isDeduplicated(request, connector);
  if (isKeyed) outgoing.headers.set("idempotency-key", io.key);
  const url = outgoing.url;
  const response = await io.fetch(outgoing);
  if (response.status >= 400) {
    const mayRepeat = facts.class === "read" || facts.resend === "deduplicated";
    const isPassing = response.status >= 500 || LATER.has(response.status);
    throw new Fault(
      response.status >= 500 ? "http_status" : "http_refused",
      mayRepeat && isPassing ? "later" : "never",
      `${new URL(url).host} answered ${response.status}`,
    );
  }
  const value = await readAnswer(response, {
    method: request.method,
    as: request.as ?? null,
    url,
    isRead: facts.class === "read",
  });
  return { value, costMicroUsd: facts.upperMicroUsd, total: facts.class === "read" ? undefined : 1 };
}

/** A service cannot say what a write would do: the request itself is what a person agrees to. */
function toPreview(request: HttpRequest, connector: Connector | null): Preview {
  const id = `${request.method} ${toFacts(request, connector).target}`;
  const summary = request.body === undefined || request.body === null ? "" : ` ${toSummary(request.body)}`;
  const after = isRecord(request.body)
    ? request.body
    : request.body === undefined || request.body === null
      ? undefined
      : { body: request.body };
  return {
    entities: [{ id, label: id + summary, after }],
    total: 1,
    value: { status: 0, headers: {}, body: null },
  };
}

function toSummary(body: unknown): string {
  const text = typeof body === "string" ? body : (JSON.stringify(body) ?? "");
  return text.length > SUMMARY_LENGTH ? `${text.slice(0, SUMMARY_LENGTH)}…` : text;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
