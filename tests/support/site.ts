/** Every page there is, and who may see it: what has to hold everywhere is asked of all of these. */
import { assert } from "@std/assert";
import { unsubscribeToken } from "../../lib/notifications/delivery/unsubscribe.ts";
import { ROOT, SignedIn } from "./app.ts";
import type { Person, PersonOptions } from "./browser.ts";
import type { Stage } from "./stage.ts";

export interface SitePage {
  /** Its file below `routes/`, without `.tsx`. */
  route: string;
  /** What begins with a colon is made by `openSite`. */
  path: string;
  /** A demo user; without one, nobody is signed in. */
  as?: string;
  /** It has a conversation. */
  chat?: true;
}

const ROUTES = `${ROOT}routes/`;
const OWNER = "demo-owner";
const OUTSIDER = "demo-outsider";
const ADMIN = "demo-admin";

export const SITE: readonly SitePage[] = [
  { route: "index", path: "/" },
  { route: "index", path: "/", as: OWNER },
  { route: "sign-in", path: "/sign-in" },
  { route: "sign-up", path: "/sign-up" },
  { route: "unsubscribe/[token]", path: "/unsubscribe/:token" },
  { route: "_error", path: "/nowhere", as: OWNER },
  { route: "_error", path: "/nowhere" },
  { route: "guilds/index", path: "/guilds", as: OWNER },
  { route: "guilds/new", path: "/guilds/new", as: OWNER },
  {
    route: "guilds/[id]/index",
    path: "/guilds/demo-guild",
    as: OWNER,
    chat: true,
  },
  {
    route: "guilds/[id]/index",
    path: "/guilds/demo-guild",
    as: OUTSIDER,
  },
  { route: "guilds/[id]/about", path: "/guilds/demo-guild/about", as: OWNER },
  {
    route: "guilds/[id]/settings",
    path: "/guilds/demo-guild/settings",
    as: OWNER,
  },
  { route: "threads", path: "/threads", as: OWNER },
  { route: "messages/index", path: "/messages", as: OWNER },
  {
    route: "messages/[handle]",
    path: "/messages/demo-member",
    as: OWNER,
    chat: true,
  },
  { route: "notifications", path: "/notifications", as: OWNER },
  { route: "notifications", path: "/notifications?filter=unread", as: OWNER },
  { route: "notifications", path: "/notifications?filter=archived", as: OWNER },
  {
    route: "notifications/[id]",
    path: "/notifications/:notification",
    as: OWNER,
  },
  {
    route: "notifications/why-not",
    path: "/notifications/why-not",
    as: OWNER,
  },
  { route: "settings/index", path: "/settings", as: OWNER },
  { route: "settings/account", path: "/settings/account", as: OWNER },
  {
    route: "settings/notifications",
    path: "/settings/notifications",
    as: OWNER,
  },
  { route: "people/[handle]", path: "/people/demo-member", as: OWNER },
  { route: "people/[handle]", path: "/people/demo-owner", as: OWNER },
  { route: "bounties/index", path: "/bounties", as: OWNER },
  { route: "bounties/new", path: "/bounties/new", as: OWNER },
  { route: "bounties/mine", path: "/bounties/mine", as: OWNER },
  {
    route: "bounties/[id]/index",
    path: "/bounties/demo-bounty-archive",
    as: OWNER,
  },
  { route: "bounties/[id]/edit", path: "/bounties/:draft/edit", as: OWNER },
  {
    route: "bounties/[id]/dispute",
    path: "/bounties/demo-bounty-archive/dispute",
    as: OWNER,
  },
  { route: "disputes/index", path: "/disputes", as: OWNER },
  {
    route: "disputes/[id]",
    path: "/disputes/demo-dispute-icons",
    as: ADMIN,
    chat: true,
  },
  { route: "leaderboard", path: "/leaderboard", as: OWNER },
  { route: "trending", path: "/trending", as: OWNER },
  { route: "insights", path: "/insights", as: OWNER },
  { route: "ranks", path: "/ranks", as: OWNER },
  { route: "search", path: "/search?q=de", as: OWNER },
  { route: "search/messages", path: "/search/messages?q=the", as: OWNER },
  {
    route: "calls/start",
    path: "/calls/start?channel=guild-demo-guild",
    as: OWNER,
  },
  { route: "calls/[id]", path: "/calls/:call", as: OWNER },
  { route: "admin/index", path: "/admin", as: ADMIN },
  { route: "admin/live", path: "/admin/live", as: ADMIN },
  { route: "admin/announce", path: "/admin/announce", as: ADMIN },
  { route: "admin/cache", path: "/admin/cache", as: ADMIN },
  { route: "admin/jobs", path: "/admin/jobs", as: ADMIN },
  { route: "admin/oracle", path: "/admin/oracle", as: ADMIN },
  { route: "admin/webhooks", path: "/admin/webhooks", as: ADMIN },
];

/** A page that can be opened. */
export interface OpenablePage extends SitePage {
  person: Person;
}

/** All pages with somebody who may see them; what they show that the demo world has not is made first. */
export async function openSite(
  { app, browser, kvPath }: Stage,
  options: PersonOptions = {},
): Promise<OpenablePage[]> {
  const [owner, admin, outsider] = await Promise.all(
    [OWNER, ADMIN, OUTSIDER].map((handle) => app.signIn(handle)),
  ) as [SignedIn, SignedIn, SignedIn];
  const made = await makeWhatIsMissing(owner, kvPath);
  const people = new Map<string | undefined, Person>();
  for (const who of [{ origin: app.origin }, owner, admin, outsider]) {
    const handle = who instanceof SignedIn ? who.handle : undefined;
    people.set(handle, await browser.person(who, options));
  }
  return SITE.map((page) => ({
    ...page,
    path: page.path.replace(/:(\w+)/, (_, name) => made[name]!),
    person: people.get(page.as)!,
  }));
}

async function makeWhatIsMissing(
  owner: SignedIn,
  kvPath: string,
): Promise<Record<string, string>> {
  const post = async (path: string, json: unknown) => {
    const response = await owner.fetch(path, { method: "POST", json });
    const body = await response.json();
    assert(response.ok, `${path}: ${JSON.stringify(body)}`);
    return body;
  };
  const { bounty } = await post("/api/bounties", {
    title: "A draft that nobody sees yet",
    description: "What is not open yet can still be changed by who posts it.",
    category: "engineering",
    skills: ["css"],
    reward: 300,
  });
  // It rings for others, not for who starts it.
  const { call } = await post("/api/channels/guild-demo-guild/calls", {});
  const inbox = await (await owner.fetch("/api/notifications?limit=1")).json();
  using kv = await Deno.openKv(kvPath);
  const session = await (await owner.fetch("/api/me")).json();
  return {
    draft: bounty.id,
    call: call.id,
    notification: inbox.notifications[0].id,
    token: await unsubscribeToken(kv, { userId: session.user.id, type: null }),
  };
}

/** Routes that answer with a page, as they are named in `SITE`. */
export async function routesWithPages(): Promise<string[]> {
  const found: string[] = [];
  async function walk(folder: string) {
    for await (const { name, isDirectory } of Deno.readDir(ROUTES + folder)) {
      if (isDirectory) await walk(`${folder}${name}/`);
      else if (name.endsWith(".tsx") && !/^_(app|layout)/.test(name)) {
        found.push(folder + name.slice(0, -".tsx".length));
      }
    }
  }
  await walk("");
  return found.sort();
}
