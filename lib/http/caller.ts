import { createHash } from "node:crypto";

/** Where a request comes from, as far as limits and the fraud oracle need to know. */
export interface Caller {
  /** IP address; IPv6 cut to its /64, since one customer has a whole one. */
  address: string;
  /** Opaque fingerprint of browser and network: 16 hex digits. */
  device: string;
  userAgent: string;
}

interface Arrival {
  req: Request;
  info: { remoteAddr: Deno.Addr };
}

export interface CallerOptions {
  /** Keeps fingerprints from being recomputed outside. */
  salt: string;
  /** A proxy of ours stands in front and appends the address to `X-Forwarded-For`. */
  behindProxy: boolean;
}

export function callerOf(
  { req, info }: Arrival,
  options: CallerOptions,
): Caller {
  let from = "hostname" in info.remoteAddr ? info.remoteAddr.hostname : "local";
  if (options.behindProxy) {
    // Only the last entry is our proxy's; the ones before it are whatever the client claimed.
    from = req.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ||
      from;
  }
  const address = networkOf(from);
  const userAgent = (req.headers.get("user-agent") ?? "").slice(0, 200);
  const language = req.headers.get("accept-language") ?? "";
  const device = createHash("sha256")
    .update([options.salt, address, userAgent, language].join("\n"))
    .digest("hex").slice(0, 16);
  return { address, userAgent, device };
}

/** `2001:db8:1:2:3:4:5:6` → `2001:db8:1:2::/64`; IPv4 and IPv4-in-IPv6 stay whole. A port after it is left out. */
export function networkOf(given: string): string {
  const address = /^\[([^\]]*)\](?::\d+)?$/.exec(given)?.[1] ?? given;
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)(?::\d+)?$/i.exec(address);
  if (v4) return v4[1]!;
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("%")[0]!.split("::");
  const left = head ? head.split(":") : [];
  const right = tail ? tail.split(":") : [];
  const zeros: string[] = tail === undefined
    ? []
    : Array(Math.max(0, 8 - left.length - right.length)).fill("0");
  const groups = [...left, ...zeros, ...right];
  return groups.slice(0, 4).map((g) => (parseInt(g, 16) || 0).toString(16))
    .join(":") + "::/64";
}
