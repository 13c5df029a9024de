import { NexoraError } from "../../errors.ts";
import { wordsOf } from "../../search/mod.ts";
import { type Asked, askedWord, type Thing, THINGS } from "./terms.ts";

/** What was typed, taken apart. */
export interface MessageQuery {
  words: Asked[];
  /** Handles. */
  from: string[];
  /** Channels, handles or beginnings of rooms' names. */
  in: string[];
  has: Thing[];
  /** Milliseconds; sent before it. */
  before: number | null;
  /** Milliseconds; sent at it or later. */
  after: number | null;
}

/** Words of a query; more narrow nothing down. */
const MAX_WORDS = 10;

/**
 * Takes a query apart: words, and `from:` a handle, `in:` a room, `has:` link, image, file or code, `before:` a day,
 * `after:` that day on (`YYYY-MM-DD`, UTC). Names with spaces go in quotes: `in:"Lantern House"`.
 *
 * @throws {NexoraError} `bad_request` for a filter that cannot be
 */
export function parseMessageQuery(text: string): MessageQuery {
  const query: MessageQuery = {
    words: [],
    from: [],
    in: [],
    has: [],
    before: null,
    after: null,
  };
  const filters = /(?<!\S)(from|in|has|before|after):(?:"([^"]*)"|(\S+))/gi;
  const rest = text.replace(filters, (_, name, quoted, plain) => {
    const value = String(quoted ?? plain).trim();
    switch (String(name).toLowerCase()) {
      case "from":
        query.from.push(value.replace(/^@/, "").toLowerCase());
        break;
      case "in":
        query.in.push(value.replace(/^[@#]/, ""));
        break;
      case "has":
        query.has.push(thing(value));
        break;
      case "before":
        query.before = day("before", value);
        break;
      case "after":
        query.after = day("after", value);
    }
    return " ";
  });
  query.words = wordsOf(rest).slice(0, MAX_WORDS).map(askedWord);
  return query;
}

function thing(value: string): Thing {
  const found = THINGS.find((one) => value.toLowerCase().startsWith(one));
  if (found) return found;
  throw refusal(`has: takes ${THINGS.join(", ")}`);
}

function day(name: string, value: string): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(value) : NaN;
  if (!Number.isNaN(at)) return at;
  throw refusal(`${name}: takes a day like 2026-03-31`);
}

function refusal(message: string): NexoraError {
  return new NexoraError("bad_request", undefined, { fields: { q: message } });
}

/** Whether it asks for anything. */
export function isEmpty(query: MessageQuery): boolean {
  const { words, from, has, before, after } = query;
  return words.length === 0 && from.length === 0 && has.length === 0 &&
    query.in.length === 0 && before === null && after === null;
}
