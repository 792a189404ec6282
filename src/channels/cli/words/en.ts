// What the command line says in English. ru.ts has the same keys; the compiler names one that is missing.
import { EFFECT_VERBS } from "../../effect-verbs.ts";
import { toEnglishCount } from "./count.ts";

const ROLES: Readonly<Record<string, string>> = {};
/** Practice tables that a person would call something else than the table's name. */
const TABLES: Readonly<Record<string, { readonly yours: string; readonly file: string }>> = {
  batches: { yours: "Your batches", file: "batches.xlsx" },
};

export interface CouldCost {
  readonly what: string;
  readonly usd: string;
  readonly cheaper: string;
  readonly isPractice: boolean;
}

export interface SpentToday {
  readonly spent: string;
  readonly limit: string;
  readonly time: string;
  readonly zone: string;
}

/** Of a column, by its key, where the key itself is no word of the language. */
const TITLES: Readonly<Record<string, string>> = {};

const STOPS: Readonly<Record<string, string>> = {
  user_removed: "whoever set it up was removed",
  key_revoked: "the key that set it up was revoked",
  key_expired: "the key that set it up has ended",
};

const BREAKS: Readonly<Record<string, (place: string) => string>> = {
  edited: (place) => `row ${place} was edited`,
  moved: (place) => `row ${place} is not the one that stood there`,
  missing: (place) => `row ${place} is missing`,
  cut_off: (place) => `it ends before row ${place}`,
  added: (place) => `row ${place} was added`,
};

function toBreak(what: string, place: string): string {
  return BREAKS[what]?.(place) ?? `${what} at ${place}`;
}

export const en = {
  understood: (title: string, skill: string, percent: number | null) =>
    `Understood: "${title}" (${skill})${percent === null ? "" : `, ${percent} % sure`}`,
  fromWords: (words: string) => `from "${words}"`,
  // A result
  changedNothing: "Changed nothing",
  cost: (usd: string) => `cost ${usd}`,
  noModel: " (no AI model used)",
  milliseconds: (ms: number) => `${ms} ms`,
  seconds: (seconds: string) => `${seconds} s`,
  run: (id: string) => `run ${id}`,
  practiceData: "practice data",
  liveData: "live data",
  sample: "a saved answer: its day and place may be others than you named",
  practicePrice: "practice price, nothing is charged",
  ownPrice: "your own price",
  knownPrice: (input: string, output: string) => `known: ${input} in, ${output} out`,
  longInput: (tokens: string, input: string, output: string) =>
    `above ${tokens} tokens read: ${input} in, ${output} out`,
  asOf: (date: string) => `as of ${date}`,
  wrongSkill: "Wrong skill?",
  repeatIt: "To repeat it:",
  yourTable: (table: string) => TABLES[table] ?? { yours: "Your own data", file: "FILE.xlsx" },
  anAttachedFile: "an attached file",
  moreRows: (count: number) => `… and ${count} more (all of them: --json)`,
  approvedBy: (by: string, time: string) => `approved by ${by} at ${time}`,
  you: "you",
  repeatDeletes: "Repeating it deletes nothing more. ",
  itsFile: (id: string) => `The file: npx skillos files get ${id}`,
  logsMore: "Step by step: npx skillos logs --run RUN. As it happens: npx skillos logs --follow",
  stepByStep: (id: string) => `Step by step: npx skillos logs --run ${id}`,
  cancelledRun: (id: string) => `Run ${id} is cancelled`,
  queued: (id: string) => `Queued as ${id}. See how it goes: npx skillos runs ${id}`,
  savedRecording: (file: string) => `Recorded to ${file}`,
  nothingRecorded: {
    unasked: "Nothing was recorded: this run asks no service.",
    practice: "Nothing was recorded: practice data stood in for the service.",
    unanswered: "Nothing was recorded: no service answered.",
  },
  // A trial run
  trial: "Trial run: nothing was changed. If you go ahead, this",
  trialReads: "Trial run: nothing was changed. It only reads:",
  verbs: EFFECT_VERBS.en,
  files: (count: number) => toEnglishCount(count, "file"),
  rows: (count: number) => toEnglishCount(count, "row"),
  objects: (count: number) => toEnglishCount(count, "object"),
  unknownUntilRun: "unknown until run",
  noUndo: "cannot be undone",
  risk: (risk: number, why: string) => `Risk ${risk} of 20${why === "" ? "" : ` (${why})`}`,
  riskWhy: { write: "it changes", delete: "it deletes" },
  needsYes: (by: string) => `needs a yes from: ${by}`,
  plan: (short: string) => `plan ${short}`,
  planSaved: (short: string, file: string) => `plan ${short} saved in ${file}`,
  upTo: (usd: string) => `cost up to ${usd}`,
  nextWithoutDryRun: (count: number) =>
    `Next: the same command without --dry-run.${
      count === 0
        ? ""
        : ` It does exactly this, or stops if ${count === 1 ? "it has changed" : `one of the ${count} has changed`}.`
    }`,
  nextExecuteInstead: "Next: the same command with --execute instead of --dry-run.",
  nextExecute: "Next: the same command with --execute.",
  role: (role: string) => ROLES[role] ?? role,
  // Approval
  planUnchanged: (short: string, time: string, what: string) =>
    `Plan ${short}, unchanged since ${time}: ${what}.`,
  doVerbs: { read: "read", write: "write", delete: "delete" },
  objectOf: (count: number, target: string, quality: string) =>
    `${count} ${quality === "" ? `${count === 1 ? "row" : "rows"} of ${target}` : `${quality} ${target}`}`,
  someOf: (target: string) => `${target}, how many is known only when it runs`,
  approveAs: (role: string) => `Approve as ${role}? (yes / no / leave some out)`,
  yes: ["yes", "y", "да", "д"],
  no: ["no", "n", "нет", "н"],
  leaveOut: ["leave some out", "leave", "some", "l", "убрать часть", "убрать", "у"],
  whichToLeaveOut: "Which ones to leave out? Numbers, with spaces between",
  notThere: (id: string) => `${id} is not in the list.`,
  notOne: (id: string) => `${id} stands in more than one line: give the number at its beginning.`,
  noneLeftOut: "Nothing is left out.",
  nothingLeft: "Nothing would be left: answer no instead.",
  whatIsLeft: (count: number) => `This is left, ${toEnglishCount(count, "row")}:`,
  approveRest: (role: string, count: number) =>
    `Approve only ${count === 1 ? "this one" : `these ${count}`} as ${role}? (yes / no)`,
  yesOrNo: "Please answer yes or no.",
  yesNoOrSome: "Please answer yes, no or leave some out.",
  notDone: "Nothing was done.",
  declined: "Not approved: nothing was sent or changed.",
  leftOpen: (id: string) =>
    `It waits for an answer: npx skillos approvals approve ${id} (or: approvals deny ${id})`,
  keyOnce: "The key is shown this once; keep it where secrets are kept:",
  matchesNothing: (globs: string) => `No skill is named ${globs} yet; one that comes will be reached.`,
  keyUntil: (id: string, at: string) => `${id} is good until ${at}`,
  stillGood: (ids: string) =>
    `Keys that were made with it are still good: ${ids}. Where it was stolen, revoke them too: npx skillos keys revoke KEY --with-descendants`,
  stopsWith: (ids: string) =>
    `These start nothing more: ${ids}. Take over: npx skillos webhook take-over WEBHOOK, npx skillos schedule take-over SCHEDULE`,
  startsNothing: (id: string, why: string) => `${id} starts nothing: ${STOPS[why] ?? why}`,
  endsWithKey: (at: string) => `It starts nothing after ${at}: then the key ends that it is bound to`,
  takenOver: (id: string, user: string) => `✓ ${id} is ${user}'s now`,
  removed: (id: string) => `✓ ${id} is removed`,
  dropped: (table: string, rows: number) =>
    `✓ the table ${table} is gone, with ${toEnglishCount(rows, "row")}`,
  askDrop: (table: string, rows: number, skills: readonly string[]) =>
    `Delete the table ${table} with ${toEnglishCount(rows, "row")}? ${skills.length === 0 ? "" : `These skills use it: ${skills.join(", ")}. `}It cannot be undone. (yes / no)`,
  practiceAgain: (table: string) => `Its practice data again: npx skillos data practice ${table}`,
  practiceThere:
    "Every practice table is there. One anew, whatever it holds: npx skillos data practice TABLE",
  deliveryNeeds: (names: string) => `Every delivery must give: ${names}`,
  deliveriesFailed: (id: string, count: number) =>
    `${id}: ${toEnglishCount(count, "delivery", "deliveries")} of the last 24 hours started nothing. The latest:`,
  brokenFile: (place: string, since: string) =>
    `${place} has a mistake since ${since}: its earlier version answers. The mend: npx skillos validate`,
  brokenPolicy: (place: string, since: string) =>
    `${place} has a mistake since ${since}: the last good one holds. The mend: npx skillos validate`,
  declinedStatus: "not approved",
  waitsForYes: (by: string, id: string) =>
    `Waits for a yes from: ${by}. Say it with: npx skillos approvals approve ${id}`,
  eachWaitsForYes: (by: string) =>
    `Each of its runs will wait for a yes from: ${by}. What waits: npx skillos approvals`,
  linkUntil: (time: string) => `Yours alone, for one decision, until ${time}. Opening it changes nothing.`,
  asksFor: (what: string) => (what === "" ? "The run asks:" : `The run asks: ${what}`),
  waitsFor: (what: string) => `Waits for ${what}.`,
  didItGoOut: "Did this go out?",
  sentTo: (target: string) =>
    `We sent it to ${target} and lost the connection before the answer. It will not be sent twice without you.`,
  lookAndSay: (target: string, command: string) =>
    `Look at ${target} whether it arrived, then: \`${command} yes\` (or \`no\`).`,
  // Questions
  choose: "Which of these did you mean?",
  chooseNumber: "Number",
  none: "none of these",
  badNumber: "That is not a number. For example: 40 or 1900.50",
  needs: (names: string) => `Not enough to go on: ${names}`,
  giveIt: (name: string) => `--set ${name}=…`,
  unclear: (said: string) => `(not clear: ${said})`,
  // Problems
  noSkill: "I have no skill for this",
  bestGuess: (skill: string, percent: number) =>
    `Best guess: ${skill}, ${percent} % sure; too little to act on. Nothing ran.`,
  nothingRan: "Nothing ran.",
  noSkillFix: (skill: string) =>
    skill === ""
      ? "Say it differently, or make one: npx skillos add-skill shop/my_skill"
      : `Say it differently, choose with \`npx skillos run-skill ${skill}\`, or make one: \`npx skillos add-skill shop/my_skill\`.`,
  nothingNear: "Nothing I can do is near these words. Nothing ran.",
  canAsk: "What one can ask, for example:",
  allSkills: "All that one can ask: `npx skillos skills`",
  ownSkill: "A skill of your own: `npx skillos add-skill shop/my_skill` (domain/name, small Latin letters)",
  request: (id: string) => `request ${id}`,
  exitCode: (code: number) => `exit code ${code}`,
  exact: "Details",
  couldCost: ({ what, usd, cheaper, isPractice }: CouldCost) =>
    `${what === "" ? "It" : what} could cost ${usd}${cheaper === "" ? "" : `, or ${cheaper} with the cheaper model`}${isPractice ? " (practice prices)" : ""}.`,
  pages: (count: number) => toEnglishCount(count, "page"),
  yourLimit: {
    request: (usd: string) => `Your limit is ${usd} a request.`,
    day: (usd: string) => `Your limit is ${usd} a day.`,
    month: (usd: string) => `Your limit is ${usd} a month.`,
  },
  spentToday: ({ spent, limit, time, zone }: SpentToday) =>
    `Today: ${spent} of ${limit} spent; the day starts again at ${time} ${zone} time.`,
  doOneOf: "Do one of these:",
  fewerPages: (usd: string) => `fewer pages (up to ${usd})`,
  shorterAnswer: "a shorter answer",
  higherLimit: "a higher limit",
  // Lists
  titles: TITLES,
  nothingHere: "Nothing here yet.",
  status: {
    succeeded: "done",
    failed: "failed",
    running: "running",
    queued: "queued",
    waiting: "waiting",
    cancelled: "cancelled",
    planned: "trial run",
  },
  noStatus: (word: string) => `No run is ever "${word}".`,
  statuses: (list: string) => `Write one of these: ${list}.`,
  yesOrNot: (is: boolean): string => (is ? "yes" : "no"),
  realModel: "To use a real model:",
  saved: "Saved.",
  fine: (what: string) => `✓ ${what}`,
  skillsValid: (count: number) => `${toEnglishCount(count, "skill")} valid`,
  mistakes: (count: number) => toEnglishCount(count, "mistake"),
  imported: (table: string, rows: number) => `✓ ${toEnglishCount(rows, "row")} in the table ${table}`,
  practiceReplaced: "its practice data is gone",
  ownReplaced: (rows: number) => `${toEnglishCount(rows, "row")} of your own replaced`,
  askReplace: (table: string, rows: number) =>
    `The table ${table} holds ${toEnglishCount(rows, "row")} of your own. Replace ${rows === 1 ? "it" : "them"} with the file? It cannot be undone. (yes / no)`,
  newTable: (near: string | undefined) => `a new table${near === undefined ? "" : `; did you mean ${near}?`}`,
  perRequest: "A request",
  perDay: "A day",
  perMonth: "A month",
  limitIdle: (limit: string, wider: string) =>
    `! The limit "${limit}" is above the one "${wider}", which holds first.`,
  paused: (whom: string) => (whom === "" ? "Nothing is paused." : `Paused: ${whom}`),
  degraded: "the cheaper model, the budget is nearly spent",
  auditMore: (next: string) => `There is more: npx skillos audit --since ${next}`,
  auditHolds: (entries: number) =>
    `✓ The audit is as it was written: ${toEnglishCount(entries, "entry", "entries")}.`,
  auditBroken: (what: string, place: string) => `✗ The audit was changed: ${toBreak(what, place)}.`,
  policyRule: (rule: string) => `The rule: ${rule}`,
  policyAsks: (role: string) => `It needs a yes: ${role}`,
  policyPays: (payers: string) => `Budgets, limits and pauses of: ${payers}`,
  auditBrokenNext:
    "Up to there it is whole. Compare what follows with an older copy (npx skillos audit export).",
  eachUser: "each user",
  noLimitNow: "no limit",
  nothingChanged: "nothing changed",
  held: "Held now",
  remaining: "Remaining",
  spent: (usd: string) => `${usd} spent`,
  resets: (at: string) => `the day starts again ${at}`,
  learned: (skill: string, id: string) =>
    `Thank you: such requests will go to ${skill} more often. To take it back: npx skillos feedback remove ${id}`,
  noTests: (file: string) => `no tests: there is no ${file}`,
  howToTest: [
    "A test file holds cases, for example:",
    "  cases:",
    "    - name: NAME",
    "      input: { INPUT: VALUE }",
    "      expect: { status: succeeded, result: { OUTPUT: VALUE } }",
  ],
  passed: (passed: number, failed: number) => `${passed} passed, ${failed} failed`,
  made: (file: string) => `✓ ${file}`,
  asksSecret: (key: string, where: string) => `${key}${where === "" ? "" : ` (${where})`}`,
  secretsSaved: (file: string) =>
    `Saved in ${file}, readable by you only. A running server sees it after its next start.`,
  namedInExample: (names: string) =>
    `.env.example now names ${names}, without the value: commit it, so that others know of the key.`,
  noSecrets: (connector: string) => `${connector} needs no key.`,
  approvalNone: "Nothing waits for a yes.",
  scheduled: (id: string, at: string) => `✓ ${id}, next at ${at}`,
  runsHere:
    "Schedules run while SkillOS does: it stays in the background for them; after this computer was off, `npm start`. What they answered: npx skillos runs",
  ticked: (count: number) => `${toEnglishCount(count, "run")} started`,
  waitingJobs: (count: number) => `${toEnglishCount(count, "job")} still at work`,
  allDone: "All jobs are done.",
  starting: "starting SkillOS",
  working: "working",
};

export type Words = typeof en;
