import { commit, type Mutation } from "../../lib/kv/mod.ts";
import { type SearchEntry, searchRows } from "../../lib/search/mod.ts";
import { newUser, userEntry } from "../../lib/users/mod.ts";

const FIRST = "Ada Amina Ana Ben Carla Chen Diego Ella Emil Farah Hana Igor"
  .split(" ");
const LAST = "Costa Diaz Eriksen Haddad Ito Jensen Khan Lopez Meyer Novak"
  .split(" ");
const SKILLS = ["preact", "figma", "rust", "audits", "maps"];

/** Of people who stand out: by their names that others have too, in the middle and at the end of the ids. */
export const RARE = {
  ana: 14_321,
  handleAda: 17_777,
  costaAda: 19_990,
  adaDeLaCosta: 19_991,
  adaCosta: 19_992,
};

/** Somebody of a world in which every name is many people's. */
export function personAt(n: number): SearchEntry {
  const rare: Record<number, [name: string, handle: string]> = {
    [RARE.ana]: ["Ana", "someone-else"],
    [RARE.handleAda]: ["Zora Quist", "ada"],
    [RARE.costaAda]: ["Costa Ada", "turned-round"],
    [RARE.adaDeLaCosta]: ["Ada de la Costa", "in-between"],
    [RARE.adaCosta]: ["Ada Costa", "the-very-one"],
  };
  const [name, handle] = rare[n] ??
    [
      `${FIRST[n % FIRST.length]} ${LAST[Math.floor(n / 7) % LAST.length]} ${
        ["", "Jr", "II", "III"][n % 4]
      }${n % 4 === 0 ? n : ""}`.trim(),
      `u${n}`,
    ];
  return userEntry(newUser({
    id: `P${String(n).padStart(6, "0")}`,
    handle,
    name,
    email: `${handle}@example.com`,
    createdAt: 0,
    skills: [SKILLS[n % SKILLS.length]!],
  }));
}

export async function fillCrowd(kv: Deno.Kv, people: number): Promise<void> {
  let rows: Mutation[] = [];
  const running = new Set<Promise<unknown>>();
  for (let n = 0; n < people; n++) {
    rows.push(...searchRows(null, personAt(n)));
    if (rows.length < 960 && n < people - 1) continue;
    const mutations = rows;
    rows = [];
    const done: Promise<unknown> = commit(kv, { mutations })
      .finally(() => running.delete(done));
    running.add(done);
    if (running.size > 3) await Promise.race(running);
  }
  await Promise.all(running);
}
