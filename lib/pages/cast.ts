import { listDemoUsers } from "../demo/mod.ts";
import type { User } from "../users/mod.ts";

export type Actor = Pick<User, "id" | "handle" | "name" | "rank">;

/** As many as are looked over at a glance. */
const SHOWN = 8;

/** Whom one can be with one click, the most telling first; nobody where there is no demo world. */
export async function listCast(kv: Deno.Kv, demo: boolean): Promise<Actor[]> {
  if (!demo) return [];
  const users = await listDemoUsers({ kv });
  return users.slice(0, SHOWN)
    .map(({ id, handle, name, rank }) => ({ id, handle, name, rank }));
}
