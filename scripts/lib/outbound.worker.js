// What the Worker's plain `fetch` leads to on this computer: the internet and nothing nearer. The door refuses private
// addresses by name; this holds when a public name leads to one.

/** @typedef {{ PUBLIC: { fetch: typeof fetch } }} Bindings */

export default {
  /** @param {Request} request @param {Bindings} bindings */
  fetch: (request, bindings) => bindings.PUBLIC.fetch(request),
};
