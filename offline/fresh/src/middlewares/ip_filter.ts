import { BlockList, isIP } from "node:net";
import type { Context } from "../context.ts";
import type { Middleware } from "../types.ts";

/** Addresses and subnets, such as `10.0.0.0/8`. */
export interface IpFilterRules {
  /** Refused, whatever the other list says. */
  denyList?: string[];
  /** If not empty, all others are refused. */
  allowList?: string[];
}

/** Options of {@linkcode ipFilter}. */
export interface IpFilterOptions {
  /** Answers those who are refused; 403 if left out. */
  onBlocked?: <State>(
    remote: { addr: string; type: "IPv4" | "IPv6" },
    ctx: Context<State>,
  ) => Response | Promise<Response>;
}

/** Answers only some addresses. */
export function ipFilter<State>(
  rules: IpFilterRules,
  options?: IpFilterOptions,
): Middleware<State> {
  const denied = toBlockList(rules.denyList);
  const allowed = toBlockList(rules.allowList);
  const allowsAll = !rules.allowList?.length;
  return (ctx) => {
    const addr = (ctx.info.remoteAddr as Deno.NetAddr).hostname;
    const version = isIP(addr);
    if (version === 0) return ctx.next();
    const type = version === 6 ? "IPv6" : "IPv4";
    const family = version === 6 ? "ipv6" : "ipv4";
    if (
      !denied.check(addr, family) && (allowsAll || allowed.check(addr, family))
    ) {
      return ctx.next();
    }
    return options?.onBlocked?.({ addr, type }, ctx) ??
      new Response("Forbidden", { status: 403 });
  };
}

function toBlockList(rules: string[] = []): BlockList {
  const list = new BlockList();
  for (const rule of rules) {
    const [address = "", bits] = rule.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}
