import MiniSearch from "minisearch";

/** A document by its words. */
export interface WordsOf {
  id: string;
  text: string;
}

/** Scores documents by the words that they share with a text: BM25+, by minisearch. */
export interface LexicalIndex {
  /** Id → score, 0 and more; documents that share nothing are left out. */
  scores(text: string): Map<string, number>;
}

/** Of no use in telling what a text is about. */
const STOP_WORDS = new Set(
  ("a an and are as at be been but by can do does for from has have he her his how i if in into is it its me more " +
    "most my no nobody not of on one or other our out over she should so some somebody than that the their them " +
    "then there these they this those to too up us was we were what when where which who will with without would you your")
    .split(" "),
);

/** Indexes texts. `stem` cuts common endings and drops stop words; plain keyword matching does neither. */
export function indexWords(
  documents: readonly WordsOf[],
  { stem = true }: { stem?: boolean } = {},
): LexicalIndex {
  const index = new MiniSearch<WordsOf>({
    fields: ["text"],
    ...(stem && {
      processTerm: (term) => {
        const word = term.toLowerCase();
        return STOP_WORDS.has(word) ? null : stemOf(word);
      },
    }),
  });
  index.addAll(documents);
  return {
    scores: (text) =>
      new Map(index.search(text).map(({ id, score }) => [id, score])),
  };
}

/** English endings off, the way of the S-stemmer and a little more: `maps`, `mapping` and `mapped` meet. */
export function stemOf(word: string): string {
  let stem = word;
  if (stem.length > 4 && stem.endsWith("ies")) stem = stem.slice(0, -3) + "y";
  else if (stem.length > 3 && stem.endsWith("s") && !/(ss|us|is)$/.test(stem)) {
    stem = stem.slice(0, -1);
  }
  if (stem.length > 5 && stem.endsWith("ing")) stem = stem.slice(0, -3);
  else if (stem.length > 4 && stem.endsWith("ed")) stem = stem.slice(0, -2);
  if (/([^aeiouls])\1$/.test(stem)) stem = stem.slice(0, -1);
  return stem.length > 3 && stem.endsWith("e") ? stem.slice(0, -1) : stem;
}
