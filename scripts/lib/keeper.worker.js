// Runs beside the SkillOS Worker, on this computer only, for the process that started both: SQL on the local database
// and the minute tick. Through Miniflare's own proxies the same costs that process 40 MB and 150 ms.

/** @typedef {{ DB: import("@cloudflare/workers-types").D1Database, MAIN: any, SECRET: string }} Bindings */

export default {
  /** @param {Request} request @param {Bindings} bindings */
  async fetch(request, bindings) {
    if (request.headers.get("authorization") !== bindings.SECRET) return new Response(null, { status: 404 });
    if (new URL(request.url).pathname === "/tick") {
      await bindings.MAIN.scheduled({ cron: "* * * * *", scheduledTime: new Date() });
      return Response.json([]);
    }
    /** @type {{ sql: string, values: unknown[] }[]} */
    const statements = await request.json();
    const done = await bindings.DB.batch(
      statements.map(({ sql, values }) => bindings.DB.prepare(sql).bind(...values)),
    );
    return Response.json(done.map((one) => one.results));
  },
};
