/**
 * Search over people, guilds and bounties: an inverted index in the store, kept in the atomic of the thing itself.
 *
 * ```ts
 * // In the rows of a change, with `entryOf` of the subject:
 * mutations: [bountyRow, ...searchRows(before && entryOf(before), entryOf(after))]
 * ```
 *
 * `fold`, `wordsOf`, `highlight` and `excerptOf` are for other indexes (messages) too.
 *
 * @module
 */
export {
  SEARCH_KINDS,
  type SearchEntry,
  type SearchKind,
  searchRows,
} from "./entry.ts";
export { excerptOf, highlight, type Piece } from "./highlight.ts";
export { type Indexed, rebuildIndex, type Rebuilt } from "./rebuild.ts";
export {
  search,
  type SearchHit,
  type SearchPage,
  type SearchQuery,
} from "./search.ts";
export { scoreOf } from "./score.ts";
export { fold, type PlacedWord, placedWords, wordsOf } from "./words.ts";
