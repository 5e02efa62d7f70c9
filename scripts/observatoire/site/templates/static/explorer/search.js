// Words that find a name however it is written: no accent, no case, « st » for « saint ».

const ACCENTS = /[\u0300-\u036f]/g;
const NOT_WORD = /[^a-z0-9]+/g;
const SAINTS = /\bs(?:ain)?t(e?s?)\b/g;
const SHORT = 4; // a shorter word must begin a word of the name: « ain » is not in « saint »

/** Lower case letters and digits, in words separated by one space. */
export function fold(text) {
  return text
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .normalize("NFD")
    .replace(ACCENTS, "")
    .replace(NOT_WORD, " ")
    .trim();
}

/** The text of a name to search in: each word after a space, « saint » in both its spellings. */
export function searchable(name) {
  return ` ${fold(name).replace(SAINTS, "saint$1 st$1")}`;
}

/** A question: its words, or the beginning of a SIREN. */
export function question(typed) {
  const digits = typed.replace(/\s/g, "");
  const siren = /^\d{3,9}$/.test(digits) ? digits : "";
  const words = fold(typed).split(" ").filter(Boolean);
  return { siren, words: words.map((w) => (w.length < SHORT ? ` ${w}` : w)) };
}

/** Whether a line answers; every line answers an empty question. */
export function answers({ siren, words }, text, number) {
  if (siren && number.startsWith(siren)) return true;
  return words.every((word) => text.includes(word));
}
