// Web services, with or without a connector. It builds the request and reads the answer; the door's fetch does the rest.
import { isRecord } from "../../kernel/domain/json.ts";
import type { Connector } from "../../kernel/domain/connector.ts";
import type { EffectFacts } from "../../kernel/domain/effect.ts";
import { Fault } from "../../kernel/domain/refusal.ts";
import type { Capability, CapabilityAnswer, CapabilityIo, Preview } from "../../kernel/ports/capability.ts";
import { readAnswer } from "./answer.ts";
import { toFacts, toHopClass } from "./effect.ts";
import { toOutgoing, toOwnSearch } from "./outgoing.ts";
import type { HttpRequest } from "./request.ts";
import { parseHttpRequest } from "./request.ts";

/** Statuses that the same request may not meet again. */
const LATER = new Set([408, 425, 429]);
const SUMMARY_LENGTH = 120;

export function createHttpCapability(): Capability {
  return {
    via: "http",
    describe: (request, connector) => read(request, connector).facts,
    call: (request, connector, io) => call(read(request, connector), connector, io),
    toHopClass,
    preview: async (request, connector) => toPreview(read(request, connector)),
  };
}

interface Reading {
  readonly request: HttpRequest;
  readonly connector: Connector | null;
  readonly facts: EffectFacts;
}

/** The door shows one request several times: to describe it, to preview it, to send it and to send it again. */
const readings = new WeakMap<object, Reading>();

function read(given: unknown, connector: Connector | null): Reading {
  const known = isRecord(given) ? readings.get(given) : undefined;
  if (known?.connector === connector) return known;
  const request = parseHttpRequest(given);
  const reading = { request, connector, facts: toFacts(request, connector) };
  if (isRecord(given)) readings.set(given, reading);
  return reading;
}

async function call(
  { request, facts }: Reading,
  connector: Connector | null,
  io: CapabilityIo,
): Promise<CapabilityAnswer> {
  const outgoing = toOutgoing(request, connector);
  const answer = await io.fetch(outgoing);
  const { status } = answer;
  if (status >= 400) {
    const mayRepeat = facts.class === "read" || facts.resend === "deduplicated";
    const isPassing = status >= 500 || LATER.has(status);
    throw new Fault(
      status >= 500 ? "http_status" : "http_refused",
      mayRepeat && isPassing ? "later" : "never",
      `${outgoing.url.host} answered ${status}`,
    );
  }
  const value = await readAnswer(answer, {
    method: request.method,
    as: request.as ?? null,
    url: outgoing.url.href,
    isRead: facts.class === "read",
  });
  return { value, costMicroUsd: facts.upperMicroUsd, total: facts.class === "read" ? undefined : 1 };
}

/** A service cannot say what a write would do: the request itself, all that a step says in it, is what a person agrees to. */
function toPreview({ request, facts }: Reading): Preview {
  const id = `${request.method} ${facts.target}${toOwnSearch(request)}`;
  const body = request.body ?? undefined;
  const headers = request.headers ?? undefined;
  const said = [headers, body].filter((part) => part !== undefined);
  const label = [id, ...said.map(toSummary)].join(" ");
  return {
    entities: [{ id, label, after: headers === undefined ? toRecord(body) : { headers, body } }],
    total: 1,
    value: { status: 0, headers: {}, body: null },
  };
}

function toRecord(body: unknown): Readonly<Record<string, unknown>> | undefined {
  return isRecord(body) || body === undefined ? body : { body };
}

function toSummary(body: unknown): string {
  const text = typeof body === "string" ? body : (JSON.stringify(body) ?? "");
  return text.length > SUMMARY_LENGTH ? `${text.slice(0, SUMMARY_LENGTH)}…` : text;
}
