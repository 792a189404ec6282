// The world outside of Worker tests: it runs in Node, answers by path, and counts what reaches it. Nothing leaves the machine.

export interface Visit {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Outside {
  /** Whatever would leave the Worker. */
  readonly outbound: (request: Request) => Promise<Response>;
  /** How tests ask it: `GET /visits`, `POST /release` lets every answer go that `/hold` and `/hold/…` keep back, `POST /reset`. */
  readonly control: (request: Request) => Promise<Response>;
  /** The folder of mails: `GET /mails` of the control tells them, `POST /mail/status/503` makes it answer so from then on. */
  readonly mail: (request: Request) => Promise<Response>;
}

function toJson(text: string): Response {
  return new Response(text, { headers: { "content-type": "application/json" } });
}

/** A vendor that bills what the prompt tells it to: `bill 5000`. */
function toCompletion(body: string): Response {
  const completion_tokens = Number(/bill (\d+)/.exec(body)?.[1] ?? 1);
  return Response.json({
    id: "c1",
    object: "chat.completion",
    created: 0,
    model: "any",
    choices: [{ index: 0, message: { role: "assistant", content: "Done." }, finish_reason: "stop" }],
    usage: { prompt_tokens: 1, completion_tokens, total_tokens: completion_tokens + 1 },
  });
}

export function createOutside(): Outside {
  const visits: Visit[] = [];
  let held: (() => void)[] = [];
  const mails: { name: string; text: string }[] = [];
  let mailStatus = 201;
  const release = (): void => {
    for (const go of held) go();
    held = [];
  };
  return {
    async outbound(request) {
      const { method, url } = request;
      const visit = { method, url, headers: Object.fromEntries(request.headers), body: await request.text() };
      visits.push(visit);
      const { pathname: path, searchParams } = new URL(url);
      if (path.startsWith("/hold")) await new Promise<void>((go) => held.push(go));
      const pathname = path.replace(/^\/hold(?=\/)/, "");
      if (pathname.endsWith("/chat/completions")) return toCompletion(visit.body);
      if (pathname.startsWith("/redirect"))
        return new Response(null, { status: 302, headers: { location: searchParams.get("to") ?? "/" } });
      if (pathname.startsWith("/large/"))
        return new Response("x".repeat(Number(pathname.slice(7)) * 1_048_576));
      if (pathname.startsWith("/deep/"))
        return toJson("[".repeat(Number(pathname.slice(6))) + "]".repeat(Number(pathname.slice(6))));
      if (pathname.startsWith("/status/")) return new Response("{}", { status: Number(pathname.slice(8)) });
      return Response.json({ ok: true, ...visit });
    },
    async mail(request) {
      const text = await request.text();
      // A connection that breaks once the mail is there: nobody can say what became of it.
      if (mailStatus < 300 || mailStatus === 599)
        mails.push({ name: new URL(request.url).pathname.slice(1), text });
      if (mailStatus === 599) throw new Error("the connection broke");
      return new Response(null, { status: mailStatus });
    },
    async control(request) {
      const { pathname } = new URL(request.url);
      if (pathname === "/visits") return Response.json(visits);
      if (pathname === "/mails") return Response.json(mails);
      if (pathname.startsWith("/mail/status/")) {
        mailStatus = Number(pathname.slice(13));
        return Response.json({});
      }
      if (pathname === "/reset") {
        visits.length = 0;
        mails.length = 0;
        mailStatus = 201;
      }
      release();
      return Response.json({});
    },
  };
}
