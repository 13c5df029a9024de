import { getUsers, type PublicUser, publicUser } from "../users/mod.ts";
import { CAST } from "./cast.ts";

/** Who may be entered with one click, the four fixed characters first; empty where the demo world is not. */
export async function listDemoUsers(
  { kv }: { kv: Deno.Kv },
): Promise<PublicUser[]> {
  const users = await getUsers(kv, CAST.map((person) => person.id));
  return users.filter((user) => user.demo).map(publicUser);
}
