import { NexoraError } from "../errors.ts";

/** Networks that are not the public internet: our own host, its neighbours, link-local metadata services, multicast. */
const PRIVATE_V4: [number, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
].map(([base, bits]) => [v4Number(base as string)!, bits as number]);

function v4Number(address: string): number | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address);
  if (!parts) return null;
  const bytes = parts.slice(1).map(Number);
  if (bytes.some((byte) => byte > 255)) return null;
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** The eight groups of an IPv6 address; `null` if it is none. */
function v6Groups(address: string): number[] | null {
  if (!address.includes(":")) return null;
  let text = address.replace(/^\[|\]$/g, "").split("%")[0]!;
  const v4 = /(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (v4) {
    const n = v4Number(v4[1]!);
    if (n === null) return null;
    text = text.slice(0, -v4[1]!.length) +
      `${(n >>> 16).toString(16)}:${(n & 0xffff).toString(16)}`;
  }
  const [head = "", tail] = text.split("::");
  const left = head ? head.split(":") : [];
  const right = tail ? tail.split(":") : [];
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...left, ...Array(Math.max(0, missing)).fill("0"), ...right]
    .map((group) => parseInt(group, 16));
  return groups.length === 8 && groups.every((g) => g >= 0 && g <= 0xffff)
    ? groups
    : null;
}

/** Whether an IP address lies on the public internet; `false` for what is no address. */
export function isPublicAddress(address: string): boolean {
  const v4 = v4Number(address);
  if (v4 !== null) {
    return !PRIVATE_V4.some(([base, bits]) =>
      Math.floor(v4 / 2 ** (32 - bits)) === Math.floor(base / 2 ** (32 - bits))
    );
  }
  const groups = v6Groups(address);
  if (groups === null) return false;
  const [first, second] = groups as [number, number];
  const embedded = (high: number, low: number) =>
    isPublicAddress(
      [high >> 8, high & 0xff, low >> 8, low & 0xff].join("."),
    );
  // IPv4 in IPv6: mapped, translated (64:ff9b::/96), 6to4.
  if (groups.slice(0, 5).every((g) => g === 0)) {
    return groups[5] === 0xffff && embedded(groups[6]!, groups[7]!);
  }
  if (first === 0x64 && second === 0xff9b) {
    return embedded(groups[6]!, groups[7]!);
  }
  if (first === 0x2002) return embedded(second, groups[2]!);
  // Global unicast is 2000::/3; 2001:db8::/32 and 2001::/32 (Teredo) of it are not hosts.
  if ((first & 0xe000) !== 0x2000) return false;
  return !(first === 0x2001 && (second === 0x0db8 || second === 0));
}

const isAddress = (host: string) =>
  v4Number(host) !== null || host.includes(":");

export interface OutboundRules {
  /** Outside production, `http` to this machine is allowed as well, for tests and development. */
  production: boolean;
  /** Addresses of a name; default: DNS. */
  resolve?: (host: string) => Promise<string[]>;
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Checks a URL that a client gave us to call, by its text alone: https, no credentials, and a host that is no private
 * address.
 *
 * @throws {NexoraError} `bad_request` that says what is wrong with it
 */
export function requireOutbound(url: URL, { production }: OutboundRules): void {
  const refuse = (why: string): never => {
    throw new NexoraError("bad_request", why);
  };
  if (!production && LOOPBACK.test(url.hostname)) return;
  if (url.protocol !== "https:") refuse("The address must begin with https:");
  if (url.username || url.password) {
    refuse("The address must not have a user or a password");
  }
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isAddress(host) ? !isPublicAddress(host) : !host.includes(".")) {
    refuse("The address must be on the public internet");
  }
}

/**
 * As `requireOutbound`, and what its host's name stands for now is public, too. A name may change its mind before it is
 * called: redirects are not followed, and answers are never shown to whoever gave the address.
 *
 * @throws {NexoraError} `bad_request`, `timed_out` (try again) when the name is not found at the moment
 */
export async function requirePublic(
  url: URL,
  rules: OutboundRules,
): Promise<void> {
  requireOutbound(url, rules);
  if (!rules.production && LOOPBACK.test(url.hostname)) return;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isAddress(host)) return;
  const addresses = await (rules.resolve ?? resolve)(host);
  if (addresses.length === 0) {
    throw new NexoraError("timed_out", `${host} has no address at the moment`);
  }
  if (!addresses.every(isPublicAddress)) {
    throw new NexoraError(
      "bad_request",
      "The address must be on the public internet",
    );
  }
}

async function resolve(host: string): Promise<string[]> {
  const found = await Promise.allSettled([
    Deno.resolveDns(host, "A"),
    Deno.resolveDns(host, "AAAA"),
  ]);
  return found.flatMap((one) => one.status === "fulfilled" ? one.value : []);
}
