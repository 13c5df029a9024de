import { Activity, Megaphone, Webhook } from "lucide-preact";

/** What admins have besides the overview. A new page is a line here and its texts in `en_admin.ts`. */
export const ADMIN_PAGES = [
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
