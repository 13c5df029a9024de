/** Longer words are cut: nobody types more to find one. */
const LONGEST = 32;

/** Letters that decomposition does not take apart. */
const LETTERS: Record<string, string> = {
  "ß": "ss",
  "æ": "ae",
  "œ": "oe",
  "ø": "o",
  "đ": "d",
  "ð": "d",
  "ł": "l",
  "þ": "th",
  "ı": "i",
};

/** Text as it is compared: lower case, without diacritics. `Łódź` → `lodz`. */
export function fold(text: string): string {
  return text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "")
    .replace(/[ßæœøđðłþı]/g, (letter) => LETTERS[letter]!).normalize("NFC");
}

/** A word with where it stands in the text. */
export interface PlacedWord {
  word: string;
  start: number;
  end: number;
}

/** `C++` and `C#` are words of their own. */
const WORD = /[\p{L}\p{M}\p{N}]+[+#]*/gu;
/** Scripts that are written without spaces: each two letters are a word. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]+/gu;

/** The words of a text, folded, in order. */
export function* placedWords(text: string): Generator<PlacedWord> {
  for (const { 0: found, index } of text.matchAll(WORD)) {
    let last = 0;
    for (const { 0: run, index: at } of found.matchAll(UNSPACED)) {
      if (at > last) yield placed(found.slice(last, at), index + last);
      yield* pairs(run, index + at);
      last = at + run.length;
    }
    if (last < found.length) yield placed(found.slice(last), index + last);
  }
}

function placed(found: string, start: number): PlacedWord {
  return {
    word: [...fold(found)].slice(0, LONGEST).join(""),
    start,
    end: start + found.length,
  };
}

function* pairs(run: string, start: number): Generator<PlacedWord> {
  const letters = [...run];
  let at = start;
  for (const [i, letter] of letters.entries()) {
    const next = letters[i + 1] ?? "";
    // The last letter has a pair already, unless it is alone.
    if (next === "" && i > 0) return;
    yield {
      word: fold(letter + next),
      start: at,
      end: at + letter.length + next.length,
    };
    at += letter.length;
  }
}

/** The different words of a text, in order of their first place. */
export function wordsOf(text: string): string[] {
  const words = new Set<string>();
  for (const { word } of placedWords(text)) if (word !== "") words.add(word);
  return [...words];
}
