export const SIZE = { users: 120, guilds: 8, days: 40, seed: 7 };

export async function everything(kv: Deno.Kv): Promise<Map<string, string>> {
  const rows = new Map<string, string>();
  for await (const { key, value } of kv.list({ prefix: [] })) {
    if (key[0] === "meta") continue;
    rows.set(JSON.stringify(key), JSON.stringify(value));
  }
  return rows;
}

export const valuesOf = <T>(kv: Deno.Kv, ...prefix: Deno.KvKey) =>
  Array.fromAsync(kv.list<T>({ prefix }), ({ value }) => value);
