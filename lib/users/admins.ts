import { keys } from "../kv/mod.ts";
import type { User } from "./types.ts";

/** Ids of all admins. A scan of the users: for jobs, when there is something to tell that is rare. */
export async function adminIds(kv: Deno.Kv): Promise<string[]> {
  const ids: string[] = [];
  const users = kv.list<User>({ prefix: keys.usersPrefix() }, {
    batchSize: 500,
  });
  for await (const { value } of users) {
    if (value.role === "admin") ids.push(value.id);
  }
  return ids;
}
