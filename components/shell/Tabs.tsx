import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import {
  House,
  MessageCircle,
  ShieldCheck,
  Target,
  User,
  Users,
} from "lucide-preact";

/** The bar at the bottom of a phone, in the place of the rail. */
export function Tabs({ frame }: { frame: Frame }) {
  const { t } = usePageReader();
  const path = frame.here.split("?")[0]!;
  const within = (root: string) =>
    path === root || path.startsWith(`${root}/`) ? "page" : "false";
  const tabs = [
    {
      href: "/",
      label: t("nav.home"),
      Icon: House,
      at: path === "/" ? "page" : "false",
    },
    {
      href: "/guilds",
      label: t("nav.guilds"),
      Icon: Users,
      at: within("/guilds"),
    },
    {
      href: "/bounties",
      label: t("nav.bounties"),
      Icon: Target,
      at: within("/bounties"),
    },
    {
      href: "/messages",
      label: t("nav.messages"),
      Icon: MessageCircle,
      at: within("/messages"),
    },
    ...(frame.me.role === "admin"
      ? [{
        href: "/admin",
        label: t("admin.title"),
        Icon: ShieldCheck,
        at: within("/admin"),
      }] as const
      : []),
    {
      href: "/settings",
      label: t("nav.you"),
      Icon: User,
      at: within("/settings"),
    },
  ] as const;
  return (
    <nav class="tabbar" aria-label={t("nav.label")}>
      {tabs.map(({ href, label, Icon, at }) => (
        <a key={href} class="tab" href={href} aria-current={at}>
          <Icon size={20} strokeWidth={1.8} aria-hidden="true" />
          {label}
        </a>
      ))}
    </nav>
  );
}
