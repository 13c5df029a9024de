/** Every page there is, and who may see it: what has to hold everywhere is asked of all of these. */
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

/** A page's file and path, and whether it has a conversation. */
type Row = readonly [route: string, path: string, chat?: "chat"];

/** The pages as somebody sees them; `null`: as nobody who is signed in. */
const seenBy = (as: string | null, rows: readonly Row[]): SitePage[] =>
  rows.map(([route, path, chat]) => ({
    route,
    path,
    ...(as !== null && { as }),
    ...(chat && { chat: true }),
  }));

export const SITE: readonly SitePage[] = [
  ...seenBy(null, [
    ["index", "/"],
    ["sign-in", "/sign-in"],
    ["sign-up", "/sign-up"],
    ["unsubscribe/[token]", "/unsubscribe/:token"],
    ["_error", "/nowhere"],
  ]),
  ...seenBy(OWNER, [
    ["index", "/"],
    ["_error", "/nowhere"],
    ["guilds/index", "/guilds"],
    ["guilds/new", "/guilds/new"],
    ["guilds/[id]/index", "/guilds/demo-guild", "chat"],
    ["guilds/[id]/about", "/guilds/demo-guild/about"],
    ["guilds/[id]/settings", "/guilds/demo-guild/settings"],
    ["threads", "/threads"],
    ["messages/index", "/messages"],
    ["messages/[handle]", "/messages/demo-member", "chat"],
    ["notifications", "/notifications"],
    ["notifications", "/notifications?filter=unread"],
    ["notifications", "/notifications?filter=archived"],
    ["notifications/[id]", "/notifications/:notification"],
    ["notifications/why-not", "/notifications/why-not"],
    ["settings/index", "/settings"],
    ["settings/account", "/settings/account"],
    ["settings/notifications", "/settings/notifications"],
    ["people/[handle]", "/people/demo-member"],
    ["people/[handle]", "/people/demo-owner"],
    ["bounties/index", "/bounties"],
    ["bounties/new", "/bounties/new"],
    ["bounties/mine", "/bounties/mine"],
    ["bounties/[id]/index", "/bounties/demo-bounty-archive"],
    ["bounties/[id]/edit", "/bounties/:draft/edit"],
    ["bounties/[id]/dispute", "/bounties/demo-bounty-archive/dispute"],
    ["disputes/index", "/disputes"],
    ["leaderboard", "/leaderboard"],
    ["trending", "/trending"],
    ["insights", "/insights"],
    ["ranks", "/ranks"],
    ["search", "/search?q=de"],
    ["search/messages", "/search/messages?q=the"],
    ["calls/start", "/calls/start?channel=guild-demo-guild"],
    ["calls/[id]", "/calls/:call"],
  ]),
  ...seenBy(OUTSIDER, [
    ["guilds/[id]/index", "/guilds/demo-guild"],
  ]),
  ...seenBy(ADMIN, [
    ["disputes/[id]", "/disputes/demo-dispute-icons", "chat"],
    ["admin/index", "/admin"],
    ["admin/live", "/admin/live"],
    ["admin/announce", "/admin/announce"],
    ["admin/cache", "/admin/cache"],
    ["admin/jobs", "/admin/jobs"],
    ["admin/oracle", "/admin/oracle"],
    ["admin/webhooks", "/admin/webhooks"],
  ]),
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
  const { bounty } = await owner.must("POST", "/api/bounties", {
    title: "A draft that nobody sees yet",
    description: "What is not open yet can still be changed by who posts it.",
    category: "engineering",
    skills: ["css"],
    reward: 300,
  });
  // It rings for others, not for who starts it.
  const { call } = await owner.must(
    "POST",
    "/api/channels/guild-demo-guild/calls",
    {},
  );
  const inbox = await owner.must("GET", "/api/notifications?limit=1");
  using kv = await Deno.openKv(kvPath);
  const session = await owner.must("GET", "/api/me");
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
