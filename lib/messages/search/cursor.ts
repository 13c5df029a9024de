import { NexoraError } from "../../errors.ts";

/** How far each room has been read: the number of its ledger below which the search goes on. */
export type Below = Map<string, number>;

/** Rooms of a cursor; nobody is in more. */
const MOST = 1_000;

export function encodeCursor(below: Below): string {
  const text = JSON.stringify([...below]);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_")
    .replaceAll("=", "");
}

/** @throws {NexoraError} `bad_request` */
export function decodeCursor(cursor: string | undefined): Below {
  if (cursor === undefined) return new Map();
  try {
    const text = atob(cursor.replaceAll("-", "+").replaceAll("_", "/"));
    const pairs: unknown = JSON.parse(text);
    if (Array.isArray(pairs) && pairs.length <= MOST && pairs.every(isPair)) {
      return new Map(pairs);
    }
  } catch {
    // Not one of ours.
  }
  throw new NexoraError("bad_request", undefined, {
    fields: { cursor: "Not a cursor" },
  });
}

function isPair(value: unknown): value is [string, number] {
  return Array.isArray(value) && value.length === 2 &&
    typeof value[0] === "string" && Number.isInteger(value[1]);
}
