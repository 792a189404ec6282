// The page's only style sheet. It stands in the page itself, under its own hash: nothing else is fetched.
import { createHash } from "node:crypto";

export const STYLE = [
  ":root{color-scheme:light dark;--line:#767676;--soft:#f3f4f6;--ink:#16181d;--dim:#50555e;--go:#0b5cad;--stop:#a8201a;--on:#fff;--bg:#fff}",
  "@media(prefers-color-scheme:dark){:root{--line:#8b919b;--soft:#20242b;--ink:#eceef1;--dim:#b4bac4;--go:#8ec5ff;--stop:#ff9d94;--on:#101216;--bg:#14161a}}",
  "*{box-sizing:border-box}body{margin:0 auto;max-width:48rem;padding:1rem;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--bg);overflow-wrap:anywhere}",
  "header{display:flex;justify-content:space-between;gap:1rem}h1{font-size:1.1rem;margin:0}h2{font-size:1.25rem;margin:1.5rem 0 .5rem;line-height:1.3}h3{font-size:1rem;margin:1rem 0 .25rem}",
  "a{color:var(--go)}p{margin:.4rem 0}small,.dim{color:var(--dim);font-size:.875rem}label{display:block;font-weight:600;margin-top:.75rem}",
  "input,textarea,select,button{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--line);border-radius:.4rem;padding:.5rem .65rem;max-width:100%}",
  "input:not([type=checkbox]),textarea,select{width:100%}input[type=checkbox]{width:1.25rem;height:1.25rem;margin:0}",
  "button{min-height:2.75rem;cursor:pointer;margin:.75rem .5rem 0 0;background:var(--soft)}.go{background:var(--go);border-color:var(--go);color:var(--on);font-weight:600}.stop{background:var(--stop);border-color:var(--stop);color:var(--on);font-weight:600}",
  ":focus-visible{outline:3px solid var(--go);outline-offset:2px}.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;overflow-wrap:normal}th,td{text-align:start;padding:.35rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}td.n,th.n{text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums}",
  ".box{border:1px solid var(--line);border-inline-start-width:.35rem;border-radius:.4rem;padding:.5rem 1rem;margin:1rem 0}.bad{border-color:var(--stop)}.box>h2,.box>h3{margin-top:.25rem}details{margin:.75rem 0}summary{cursor:pointer;padding:.25rem 0}code{background:var(--soft);padding:.1rem .3rem;border-radius:.25rem}.big{font-size:1.25rem;white-space:pre-line}.lines{white-space:pre-line}b.del{color:var(--stop)}dl{display:grid;grid-template-columns:minmax(6rem,auto) 1fr;gap:.15rem 1rem;margin:.5rem 0}dt{color:var(--dim)}dd{margin:0}",
  ".skip{position:absolute;inset-inline-start:-99rem}.skip:focus{position:static}",
].join("");

/** Content-Security-Policy source of the style sheet. */
export const STYLE_SOURCE = `'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`;
