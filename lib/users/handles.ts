const RESERVED = new Set([
  "admin",
  "administrator",
  "api",
  "everyone",
  "here",
  "me",
  "moderator",
  "new",
  "nexora",
  "officers",
  "root",
  "settings",
  "support",
  "system",
]);

const HANDLE = /^(?=.{2,32}$)[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Whether a new account may have this handle. */
export function isHandle(handle: string): boolean {
  return HANDLE.test(handle) && !RESERVED.has(handle);
}

/** A handle made from a name: `Zoë Ångström` → `zoe-angstrom`. Always valid. */
export function handleFrom(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const handle = plain.replace(/[^a-z0-9]+/g, "-").slice(0, 28).replace(
    /^-+|-+$/g,
    "",
  );
  return isHandle(handle) ? handle : "member";
}
