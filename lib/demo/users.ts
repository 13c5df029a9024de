import { listGuests } from "./crowd/mod.ts";
import { getUsers, type PublicUser, publicUser } from "../users/mod.ts";
import { CAST } from "./cast.ts";

/** How many of the cast come before the guests of `deno task seed`. */
const FIXED = 4;

/** Who may be entered with one click, the four fixed characters first; empty where the demo world is not. */
export async function listDemoUsers(
  { kv }: { kv: Deno.Kv },
): Promise<PublicUser[]> {
  const cast = CAST.map((person) => person.id);
  const users = await getUsers(kv, [
    ...cast.slice(0, FIXED),
    ...await listGuests(kv),
    ...cast.slice(FIXED),
  ]);
  return users.filter((user) => user.demo).map(publicUser);
}
