import {
  Bell,
  Compass,
  House,
  Lightbulb,
  type LucideIcon,
  MessageCircle,
  MessageSquareText,
  Scale,
  ShieldCheck,
  Target,
  TrendingUp,
  Trophy,
} from "lucide-preact";
import type { Frame } from "../../lib/pages/mod.ts";

/** Somewhere that the frame of every page leads to. */
export interface Place {
  href: string;
  /** Key of its name in the catalogue. */
  label:
    | "nav.home"
    | "nav.notifications"
    | "nav.threads"
    | "nav.browseGuilds"
    | "nav.bounties"
    | "disputes.title"
    | "nav.leaderboard"
    | "nav.insights"
    | "nav.trending"
    | "nav.messages"
    | "admin.title";
  Icon: LucideIcon;
  /** The page one is on, or one of those below it. */
  at: "page" | "false";
}

const PLACES: (Pick<Place, "href" | "label" | "Icon"> & { exact?: true })[] = [
  { href: "/", label: "nav.home", Icon: House, exact: true },
  { href: "/notifications", label: "nav.notifications", Icon: Bell },
  // In the rail it stands above the rooms, with a count.
  { href: "/threads", label: "nav.threads", Icon: MessageSquareText },
  // A guild of one's own is a room: the rail marks that.
  { href: "/guilds", label: "nav.browseGuilds", Icon: Compass, exact: true },
  { href: "/bounties", label: "nav.bounties", Icon: Target },
  { href: "/disputes", label: "disputes.title", Icon: Scale },
  { href: "/leaderboard", label: "nav.leaderboard", Icon: Trophy },
  { href: "/insights", label: "nav.insights", Icon: Lightbulb },
  { href: "/trending", label: "nav.trending", Icon: TrendingUp },
];

const ADMIN = {
  href: "/admin",
  label: "admin.title",
  Icon: ShieldCheck,
} as const;

/** Whether `here` is the place or, unless `exact`, within it. */
export function within(
  here: string,
  root: string,
  exact = false,
): "page" | "false" {
  const path = here.split(/[?#]/)[0]!.replace(/(.)\/$/, "$1");
  return path === root || (!exact && path.startsWith(`${root}/`))
    ? "page"
    : "false";
}

/** Where this person can go, in the order of the rail. */
export function placesOf({ me, here }: Pick<Frame, "me" | "here">): Place[] {
  return [...PLACES, ...(me.role === "admin" ? [ADMIN] : [])].map((place) => ({
    ...place,
    at: within(here, place.href, "exact" in place),
  }));
}

/** Those that have a tab of their own on a phone, besides Home. */
export function tabsOf({ here }: Pick<Frame, "here">): Place[] {
  return [
    ...PLACES.filter(({ href }) =>
      href === "/" || href === "/guilds" || href === "/bounties"
    ),
    {
      href: "/messages",
      label: "nav.messages" as const,
      Icon: MessageCircle,
    },
  ].map((place) => ({
    ...place,
    at: within(here, place.href, place.href === "/"),
  }));
}
