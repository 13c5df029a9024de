import { z } from "zod";
import { chainHash, digestOf } from "../ledger.ts";
import { EXPORT_FORMAT, type RoomExport } from "./types.ts";

/** What looking through an export has found. */
export interface Verification {
  intact: boolean;
  entries: number;
  /** The hash that the entries come to. */
  hash: string;
  /** Entries whose words have been deleted: that they were said is proved, what they said is not shown. */
  withheld: number;
  /** What is wrong, at most 20. */
  problems: { n: number; what: string }[];
}

const PROBLEMS = 20;

const Text = z.string();
const Entry = z.looseObject({
  n: z.number(),
  kind: z.enum(["new", "edit", "delete"]),
  messageId: Text,
  parentId: Text.nullable(),
  byId: Text,
  at: z.number(),
  order: Text,
  count: z.number(),
  digest: Text,
  hash: Text,
  words: z.looseObject({
    content: Text,
    quote: z.unknown(),
    attachments: z.array(z.unknown()),
  }).nullable(),
});
const Export = z.looseObject({
  format: z.literal(EXPORT_FORMAT),
  chain: z.object({ entries: z.number(), hash: Text }),
  entries: z.array(Entry),
});

/**
 * Whether an export is whole and in order: numbers without a gap, places in the order of the log, each hash made of
 * its entry and the one before, all words those that were digested, and the end as the head says.
 *
 * @param head the hash noted down elsewhere, to compare the end with
 * @throws {ZodError} for what is not an export
 */
export function verifyExport(value: unknown, head?: string): Verification {
  const parsed = Export.parse(value);
  const { entries, chain } = parsed as unknown as RoomExport;
  const problems: Verification["problems"] = [];
  let withheld = 0;
  let hash = "";
  let order = "";
  const said = new Set<string>();
  const blame = (n: number, what: string) => {
    if (problems.length < PROBLEMS) problems.push({ n, what });
  };
  for (const [i, entry] of entries.entries()) {
    const { n, kind, messageId, words } = entry;
    if (n !== i + 1) blame(n, `Entry ${i + 1} should stand here`);
    if (entry.order <= order) blame(n, "It is not after the one before it");
    const expected = chainHash(hash, entry);
    if (entry.hash !== expected) {
      blame(n, "Its hash is not that of what it says and of the one before");
    }
    if (kind !== "new" && !said.has(messageId)) {
      blame(n, "It is about a message that is not there");
    }
    said.add(messageId);
    if (words !== null && digestOf(words) !== entry.digest) {
      blame(n, "Its words are not those that were said");
    }
    if (words === null && kind !== "delete") withheld++;
    ({ hash, order } = entry);
  }
  if (chain.entries !== entries.length) {
    blame(entries.length, `There should be ${chain.entries} entries`);
  }
  if (chain.hash !== hash) blame(entries.length, "The end is another one");
  if (head !== undefined && head !== hash) {
    blame(entries.length, "The end is not the one that was noted down");
  }
  return {
    intact: problems.length === 0,
    entries: entries.length,
    hash,
    withheld,
    problems,
  };
}
