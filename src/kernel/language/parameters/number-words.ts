// Numbers that people spell, and the words that multiply them.

const SPELLED: readonly (readonly [value: number, words: string])[] = [
  [1, "один одна одно одного одной одну one single"],
  [2, "два две двух двум двумя two"],
  [3, "три трех трем тремя three"],
  [4, "четыре четырех четырем four"],
  [5, "пять пяти пятью five"],
  [6, "шесть шести six"],
  [7, "семь семи seven"],
  [8, "восемь восьми eight"],
  [9, "девять девяти nine"],
  [10, "десять десяти ten"],
  [11, "одиннадцать одиннадцати eleven"],
  [12, "двенадцать двенадцати twelve"],
  [13, "тринадцать тринадцати thirteen"],
  [14, "четырнадцать четырнадцати fourteen"],
  [15, "пятнадцать пятнадцати fifteen"],
  [16, "шестнадцать шестнадцати sixteen"],
  [17, "семнадцать семнадцати seventeen"],
  [18, "восемнадцать восемнадцати eighteen"],
  [19, "девятнадцать девятнадцати nineteen"],
  [20, "двадцать двадцати twenty"],
  [30, "тридцать тридцати thirty"],
  [40, "сорок сорока forty fourty"],
  [50, "пятьдесят пятидесяти fifty полтинник"],
  [60, "шестьдесят шестидесяти sixty"],
  [70, "семьдесят семидесяти seventy"],
  [80, "восемьдесят восьмидесяти eighty"],
  [90, "девяносто девяноста ninety"],
  [100, "сто ста hundred сотня сотню сотни сотен сотка сотку стольник"],
  [200, "двести двухсот"],
  [300, "триста трехсот"],
  [400, "четыреста четырехсот"],
  [500, "пятьсот пятисот пятихатка пятихатку"],
  [600, "шестьсот шестисот"],
  [700, "семьсот семисот"],
  [800, "восемьсот восьмисот"],
  [900, "девятьсот девятисот"],
  [1.5, "полтора полторы полутора"],
  [0.5, "пол половина половину половины half"],
  [0.25, "четверть четверти quarter"],
];

export const SPELLED_NUMBERS: ReadonlyMap<string, number> = new Map(
  SPELLED.flatMap(([value, words]) => words.split(" ").map((word) => [word, value] as const)),
);

/** "на двоих": these words say themselves that people are counted. */
export const COLLECTIVE_NUMBERS: ReadonlyMap<string, number> = new Map(
  (
    [
      [2, "двоих двое двоем вдвоем"],
      [3, "троих трое троем втроем"],
      [4, "четверых четверо вчетвером"],
      [5, "пятерых пятеро впятером"],
      [6, "шестерых шестеро вшестером"],
      [7, "семерых семеро всемером"],
    ] as const
  ).flatMap(([value, words]) => words.split(" ").map((word) => [word, value] as const)),
);

const SCALED: readonly (readonly [value: number, words: string])[] = [
  [
    1e3,
    "тыс тысяча тысячи тысячу тысяче тысяч тысячам тысячами тысячах тр тыр тыща тыщи тыще тыщу тыщ косарь косаря косарю косарей thousand thousands thsd k grand",
  ],
  [
    1e6,
    "млн миллион миллиона миллионов миллионам миллионами мильон лям ляма лямов лимон лимона лимонов million millions mln mio",
  ],
  [1e9, "млрд миллиард миллиарда миллиардов миллиардами billion billions bn bln"],
];

export const SCALES: ReadonlyMap<string, number> = new Map(
  SCALED.flatMap(([value, words]) => words.split(" ").map((word) => [word, value] as const)),
);

/** Scale words that are a number on their own: "тысяча рублей". */
export const LONE_SCALES: ReadonlySet<string> = new Set(
  "тысяча тысячу тысяче тыща тыщу тыще косарь косарю миллион миллиона лям ляма миллиард миллиарда".split(" "),
);

/** Letters that scale only when they touch the digits: "к" is also a preposition. */
export const ATTACHED_SCALES: ReadonlyMap<string, number> = new Map([
  ["к", 1e3],
  ["kk", 1e6],
  ["кк", 1e6],
  ["b", 1e9],
]);
