/** What stands behind these is to stay as it is. One list: whoever reads requests takes the same words for an exception. */
export const EXCEPT_WORDS: readonly string[] = [
  "except",
  "excepting",
  "excluding",
  "besides",
  "apart from",
  "other than",
  "but not",
  "кроме",
  "помимо",
  "исключая",
  "за исключением",
];
