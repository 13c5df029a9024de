/** Keys of the search index. */
type Key = Deno.KvKey;

/** A word of a thing. `field` is 0 for its title, 1 for keywords, 2 for text: key order is best first. */
export const searchWord = (
  kind: string,
  word: string,
  field: number,
  id: string,
): Key => ["search", "word", kind, word, field, id];
export const searchWords = (kind: string): Key => ["search", "word", kind];
/** Where the words begin that are `word` or come after it. */
export const searchWordsFrom = (
  kind: string,
  word: string,
): Key => ["search", "word", kind, word];
/** A phrase of a thing's name. `tier` is 0 or 1 for whole names, 2 for what is inside one. */
export const searchPhrase = (
  kind: string,
  tier: number,
  phrase: string,
  id: string,
): Key => ["search", "phrase", kind, tier, phrase, id];
export const searchPhrases = (kind: string): Key => ["search", "phrase", kind];
/** Where the phrases begin that are `phrase` or come after it. */
export const searchPhrasesFrom = (
  kind: string,
  tier: number,
  phrase: string,
): Key => ["search", "phrase", kind, tier, phrase];
/** What is shown of a thing that is found, and by which its words are known. */
export const searchEntry = (
  kind: string,
  id: string,
): Key => ["search", "entry", kind, id];
export const searchEntries = (kind: string): Key => ["search", "entry", kind];
