// What is said in English of a mistake in the command itself: what is wrong, and the mend. usage-ru.ts has the same keys.
export type Usage = readonly [what: string, mend: string];

const or = (names: readonly string[]): string => names.join(", ");
const near = (name: string | undefined): string => (name === undefined ? "" : `Did you mean ${name}? `);

export const usageEn = {
  // Words and flags
  unknownCommand: (name: string, meant: string | undefined): Usage => [
    `Unknown command: ${name}`,
    `${near(meant)}\`npx skillos --help\` lists what there is.`,
  ],
  unknownOption: (flag: string, meant: string | undefined, command: string): Usage => [
    `Unknown option: ${flag}`,
    `${near(meant)}\`npx skillos ${command}--help\` lists the options.`,
  ],
  missingWord: (name: string, command: string): Usage => [
    `The command needs: <${name}>`,
    `How it is written: \`npx skillos ${command}--help\`.`,
  ],
  tooManyWords: (extra: string, command: string): Usage => [
    `One word too many: ${extra}`,
    `What has spaces goes in quotes. How the command is written: \`npx skillos ${command}--help\`.`,
  ],
  valueMissing: (flag: string): Usage => [`${flag} needs a value after it.`, ""],
  emptySentence: (command: string): Usage => [
    "What do you want done? The sentence is empty.",
    `For example: npx skillos ${command} "what do I earn on 40 kg of oysters at 1900 per kg". All that one can ask: npx skillos skills`,
  ],
  badSet: (set: string, flag: string): Usage => [
    `${flag} ${set}: a name, "=" and a value are needed.`,
    `For example: ${flag} price=1900`,
  ],
  badInput: (text: string): Usage => [
    `--input ${text}: this is no JSON object.`,
    "For example: --input total=500 or --input '{\"total\": 500}'",
  ],
  badApproval: (word: string): Usage => [
    `--approval ${word}: only "approved" can be said.`,
    "Add --approval approved, or leave it out to be asked.",
  ],
  planPathAlone: (): Usage => [
    "--plan-path alone says nothing.",
    "It goes with --dry-run (to make a plan) or with --execute (to carry it out).",
  ],
  badCount: (flag: string, text: string, range: string): Usage => [
    `${flag} ${text}: a whole number is needed, ${range}.`,
    `For example: ${flag} 5`,
  ],
  // Names
  noSkillId: (text: string, meant: string | undefined): Usage => [
    text === "" ? "Which skill?" : `"${text}" is no skill id.`,
    `${near(meant)}Write domain/name, for example ${meant ?? "oysters/calculate_margin"}. All of them: npx skillos skills`,
  ],
  noSkill: (text: string, meant: string | undefined): Usage => [
    `There is no skill ${text}.`,
    `${near(meant)}All of them: npx skillos skills`,
  ],
  badNewId: (text: string): Usage => [
    `"${text}" cannot be the id of a skill.`,
    "Write domain/name with small Latin letters, digits, - and _, for example shop/my_skill.",
  ],
  skillExists: (id: string, file: string): Usage => [`${id} exists already.`, `Change it in ${file}.`],
  oneRequest: (): Usage => [
    "This sentence is one request, or one of its steps has no skill: there is nothing to save.",
    'Several are told apart by words of sequence: npx skillos route "find flights to Sochi, then a hotel in Sochi"',
  ],
  whichMeant: (): Usage => [
    "Which skill was meant?",
    "Add --expected-skill-id domain/name. All of them: npx skillos skills",
  ],
  neitherRunNorSkill: (text: string): Usage => [
    `"${text}" is neither a run nor a skill.`,
    "Write r-xxxxxx (npx skillos runs) or domain/name (npx skillos skills).",
  ],
  happened: (): Usage => ["Did it happen or not?", "Add --happened yes or --happened no."],
  // Files
  noFile: (path: string): Usage => [
    `There is no file ${path}.`,
    "Check the path: it is looked for from this folder.",
  ],
  unreadable: (path: string): Usage => [
    `${path} cannot be read.`,
    "It must be a file, and you must be allowed to read it.",
  ],
  noFiles: (run: string): Usage => [`The run ${run} made no file.`, `What it did: npx skillos runs ${run}`],
  fileExists: (path: string): Usage => [
    `${path} is there already. Nothing was saved.`,
    "Give another name at the end of the command.",
  ],
  unwritable: (path: string): Usage => [
    `${path} cannot be written.`,
    "Give a name in a folder that is there and that you may write to.",
  ],
  noPolicies: (path: string): Usage => [
    `There are no policies in ${path}.`,
    "What holds without them: npx skillos policy list. How to write one: docs/policies.md.",
  ],
  noPlan: (path: string): Usage => [
    `There is no plan ${path}.`,
    "Make one first: the same command with --dry-run.",
  ],
  notAPlan: (path: string): Usage => [
    `${path} is no plan of SkillOS.`,
    "Make one: the same command with --dry-run --plan-path FILE.",
  ],
  planEdited: (path: string, parts: string): Usage => [
    `${path} was changed by hand${parts === "" ? "" : ` (${parts})`}: it is no longer the plan that was shown. Nothing was done.`,
    "Make a new one: the same command with --dry-run. Single rows are left out when you are asked, or with npx skillos approvals approve RUN --without ROWS.",
  ],
  otherPlan: (planned: string): Usage => [
    `The plan was made for another request: ${planned}`,
    "Make a new one with --dry-run.",
  ],
  notATable: (path: string): Usage => [
    `${path} is neither csv nor xlsx nor json.`,
    "Save it as one of these first.",
  ],
  notGolden: (path: string): Usage => [
    `${path} is no golden file.`,
    "A JSON list of {query, skill, lang, values} is needed.",
  ],
  // Keys, money, later
  needsKeys: (name: string, keys: readonly string[], variables: readonly string[]): Usage => [
    `${name} needs ${or(keys)}.`,
    `Run this on a terminal, or set ${or(variables)} in the environment.`,
  ],
  noConnector: (name: string, known: readonly string[]): Usage => [
    name === "" ? "Which connector?" : `There is no connector ${name}.`,
    `Add --connector, one of: ${or(known)}`,
  ],
  shortSecret: (key: string, least: number): Usage => [
    `${key}: a secret has at least ${least} characters, or it could not be hidden in what services answer.`,
    "Nothing was saved. Have the service give a longer one.",
  ],
  unquotable: (): Usage => [
    "This key holds every kind of quotation mark.",
    "Set it in the environment instead.",
  ],
  noneOrPrice: (): Usage => [
    "--none takes your price back; --input and --output set one.",
    "Give the one or the others. Nothing was changed.",
  ],
  noModelPrice: (): Usage => [
    "Both prices are needed.",
    "For example: npx skillos models price openai/my-model --input 1 --output 4, or --none.",
  ],
  noLimit: (): Usage => ["No limit is named.", "For example: npx skillos budgets set --per-request-usd 0.12"],
  notInPlan: (part: string, isMany: boolean): Usage => [
    isMany ? `--without ${part}: several lines say so.` : `--without ${part}: there is no such line.`,
    isMany
      ? "It is the id of one and the number of another, or more than one is called so: name it by what stands in no other line, as `npx skillos runs RUN` lists them. Nothing was decided."
      : "Name ids, or numbers of lines, as `npx skillos runs RUN` lists them: --without 1021,1034. Nothing was decided.",
  ],
  nothingRemains: (): Usage => [
    "Nothing would be left to do. Nothing was decided.",
    "To say no to all of it: npx skillos approvals deny RUN",
  ],
  noCount: (): Usage => [
    "No limit is named.",
    "For example: npx skillos limits set --requests 60, or --for user:anna@oysters.example --concurrent 2",
  ],
  allOrFor: (): Usage => ["--all is everything: it takes no --for.", "For example: npx skillos pause --all"],
  notCredits: (text: string): Usage => [`${text} is no amount of credits.`, "For example: 12.5"],
  notDollars: (text: string): Usage => [
    `${text} is no amount of dollars.`,
    "For example: 0.12, or 1000 for a thousand.",
  ],
  badOnLow: (text: string): Usage => [
    `--on-low ${text}: that cannot be done when little is left.`,
    "Write --on-low degrade (go on with a cheaper model) or --on-low refuse.",
  ],
  when: (): Usage => ["When?", "Add --run-at TIME or --cron EXPRESSION, one of them."],
  whichDelivery: (): Usage => ["Which webhook, and which payload?", "Add --id NAME --path FILE."],
  webhookName: (): Usage => ["The webhook needs a name.", "Add --id NAME."],
  webhookSecret: (webhook: string): Usage => [
    "Say the new secret with --secret. Nothing was changed.",
    `npx skillos webhook set-secret ${webhook} --secret "$(openssl rand -hex 16)"`,
  ],
  noWebhook: (id: string, known: readonly string[]): Usage => [
    `There is no webhook ${id}.`,
    known.length === 0
      ? `Make one: npx skillos webhook add domain/name --id ${id} --secret …`
      : `There is: ${or(known)} (npx skillos webhook list).`,
  ],
  unsigned: (id: string): Usage => [
    `${id} takes signed deliveries only, and this one has no signature. Nothing was delivered.`,
    'Add --signature "t=…,v1=…": README, "A signed webhook", shows how it is made.',
  ],
  wrongSignature: (id: string): Usage => [
    `The signature does not fit: not the secret of ${id}, or not these bytes. Nothing was delivered.`,
    'Sign the file as it is, with the secret given at webhook add: README, "A signed webhook".',
  ],
  dropNeedsYes: (table: string, command: "drop" | "practice"): Usage => [
    command === "drop"
      ? `The table ${table} would be deleted with all its rows, and nobody is here to be asked. Nothing was done.`
      : `What the table ${table} holds would be replaced by its practice data, and nobody is here to be asked. Nothing was done.`,
    `If that is meant: npx skillos data ${command} ${table} --yes`,
  ],
  noPractice: (table: string, meant: string | undefined, all: readonly string[]): Usage => [
    `There is no practice data for ${table}.`,
    `${near(meant)}There is some for: ${or(all)}`,
  ],
  // The world around
  noAnswer: (url: string): Usage => [
    `${url} does not answer`,
    "Is it running? npx skillos doctor says what is wrong.",
  ],
  unexpected: (message: string): Usage => [message, "npx skillos doctor looks for the cause."],
};

export type UsageWords = typeof usageEn;
