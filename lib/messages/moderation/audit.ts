import { keys, type Mutation, set } from "../../kv/mod.ts";
import type { Deps } from "../../platform.ts";
import type { AuditEntry } from "./types.ts";

/** The row of something that officers did; goes into the same commit. Nothing ever changes or deletes it. */
export function auditRow(
  { newId }: Pick<Deps, "newId">,
  given: Omit<AuditEntry, "id">,
): Mutation {
  const entry: AuditEntry = { id: newId(), ...given };
  return set(keys.auditEntry(entry.channel, entry.id), entry);
}

export interface AuditPage {
  /** Newest first. */
  entries: AuditEntry[];
  cursor: string | null;
}

/** What officers did in a room; ids grow with time, so key order is the order of deeds. */
export async function listAudit(
  { kv }: Pick<Deps, "kv">,
  channel: string,
  { cursor, limit = 50 }: { cursor?: string; limit?: number } = {},
): Promise<AuditPage> {
  const prefix = keys.audit(channel);
  const rows = kv.list<AuditEntry>(
    cursor ? { prefix, end: keys.auditEntry(channel, cursor) } : { prefix },
    { reverse: true, limit: limit + 1 },
  );
  const found = await Array.fromAsync(rows, (row) => row.value);
  const entries = found.slice(0, limit);
  return { entries, cursor: found.length > limit ? entries.at(-1)!.id : null };
}
