import {
  Activity,
  CalendarClock,
  DatabaseZap,
  Megaphone,
  ScanEye,
  Webhook,
} from "lucide-preact";

/** What admins have besides the overview. A new page is a line here and its texts in `en_admin.ts` or `en_oversight.ts`. */
export const ADMIN_PAGES = [
  {
    href: "/admin/oracle",
    title: "admin.oracle",
    about: "admin.oracleAbout",
    Icon: ScanEye,
  },
  {
    href: "/admin/jobs",
    title: "admin.jobs",
    about: "admin.jobsAbout",
    Icon: CalendarClock,
  },
  {
    href: "/admin/cache",
    title: "admin.cache",
    about: "admin.cacheAbout",
    Icon: DatabaseZap,
  },
  {
    href: "/admin/live",
    title: "admin.live",
    about: "admin.liveAbout",
    Icon: Activity,
  },
  {
    href: "/admin/webhooks",
    title: "admin.webhooks",
    about: "admin.webhooksAbout",
    Icon: Webhook,
  },
  {
    href: "/admin/announce",
    title: "announce.nav",
    about: "announce.about",
    Icon: Megaphone,
  },
] as const;
