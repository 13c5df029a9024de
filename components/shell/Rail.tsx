import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import { ThemeSwitch } from "../ThemeSwitch.tsx";
import { Avatar } from "../Avatar.tsx";
import { Logo } from "../Logo.tsx";
import {
  Bell,
  Compass,
  House,
  Lightbulb,
  LogOut,
  Plus,
  Scale,
  Settings,
  ShieldCheck,
  Target,
  TrendingUp,
  Trophy,
  User,
} from "lucide-preact";
import { current } from "./current.ts";

/** The left side: where one is and where one can go. */
export function Rail({ frame }: { frame: Frame }) {
  const { t } = usePageReader();
  const { guilds, people, here } = frame;
  const at = (path: string) => current(here, path);
  return (
    <nav class="rail" aria-label={t("nav.label")}>
      <div class="rail-top">
        <a class="wordmark" href="/" aria-current="false">
          <Logo />
          {t("app.name")}
        </a>
      </div>
      <div class="rail-scroll">
        <ul>
          <li>
            <a class="rail-link" href="/" aria-current={at("/")}>
              <House size={16} aria-hidden="true" />
              <span>{t("nav.home")}</span>
            </a>
          </li>
          <li>
            <a
              class="rail-link"
              href="/notifications"
              aria-current={at("/notifications")}
            >
              <Bell size={16} aria-hidden="true" />
              <span>{t("nav.notifications")}</span>
            </a>
          </li>
          <li>
            <a class="rail-link" href="/guilds" aria-current={at("/guilds")}>
              <Compass size={16} aria-hidden="true" />
              <span>{t("nav.browseGuilds")}</span>
            </a>
          </li>
          <li>
            <a
              class="rail-link"
              href="/bounties"
              aria-current={/^\/bounties([/?]|$)/.test(here) ? "page" : "false"}
            >
              <Target size={16} aria-hidden="true" />
              <span>{t("nav.bounties")}</span>
            </a>
          </li>
          <li>
            <a
              class="rail-link"
              href="/disputes"
              aria-current={/^\/disputes([/?]|$)/.test(here) ? "page" : "false"}
            >
              <Scale size={16} aria-hidden="true" />
              <span>{t("disputes.title")}</span>
            </a>
          </li>
          <li>
            <a
              class="rail-link"
              href="/leaderboard"
              aria-current={/^\/leaderboard(\?|$)/.test(here)
                ? "page"
                : "false"}
            >
              <Trophy size={16} aria-hidden="true" />
              <span>{t("nav.leaderboard")}</span>
            </a>
          </li>
          <li>
            <a
              class="rail-link"
              href="/insights"
              aria-current={at("/insights")}
            >
              <Lightbulb size={16} aria-hidden="true" />
              <span>{t("nav.insights")}</span>
            </a>
          </li>
          <li>
            <a
              class="rail-link"
              href="/trending"
              aria-current={at("/trending")}
            >
              <TrendingUp size={16} aria-hidden="true" />
              <span>{t("nav.trending")}</span>
            </a>
          </li>
          {frame.me.role === "admin" && (
            <li>
              <a
                class="rail-link"
                href="/admin"
                aria-current={here.startsWith("/admin") ? "page" : "false"}
              >
                <ShieldCheck size={16} aria-hidden="true" />
                <span>{t("admin.title")}</span>
              </a>
            </li>
          )}
        </ul>
        <section class="rail-section" aria-labelledby="rail-guilds">
          <div class="rail-heading">
            <h2 id="rail-guilds">{t("nav.yourGuilds")}</h2>
            <a
              class="icon-button small"
              href="/guilds/new"
              aria-label={t("guilds.new")}
              title={t("guilds.new")}
              aria-current={at("/guilds/new")}
            >
              <Plus size={15} aria-hidden="true" />
            </a>
          </div>
          {guilds.length === 0 && <p class="rail-quiet">{t("nav.noGuilds")}</p>}
          <ul>
            {guilds.map((guild) => (
              <li key={guild.id}>
                <a
                  class="rail-link"
                  href={`/guilds/${guild.id}`}
                  aria-current={at(`/guilds/${guild.id}`)}
                >
                  <Avatar id={guild.id} name={guild.name} size={20} square />
                  <span>{guild.name}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
        <section class="rail-section" aria-labelledby="rail-people">
          <div class="rail-heading">
            <h2 id="rail-people">{t("nav.direct")}</h2>
            <a
              class="icon-button small"
              href="/messages"
              aria-label={t("nav.newMessage")}
              title={t("nav.newMessage")}
              aria-current={at("/messages")}
            >
              <Plus size={15} aria-hidden="true" />
            </a>
          </div>
          {people.length === 0 && <p class="rail-quiet">{t("nav.noDirect")}</p>}
          <ul>
            {people.map((person) => (
              <li key={person.id}>
                <a
                  class="rail-link"
                  href={`/messages/${person.handle}`}
                  aria-current={at(`/messages/${person.handle}`)}
                >
                  <Avatar {...person} size={20} />
                  <span>{person.name}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      </div>
      <Account frame={frame} />
    </nav>
  );
}

/** Who is signed in, and a menu that needs no script: a native popover. */
function Account({ frame }: { frame: Frame }) {
  const { t } = usePageReader();
  const { me, theme, here } = frame;
  return (
    <div class="rail-account">
      <button
        type="button"
        class="account"
        popovertarget="account-menu"
      >
        <Avatar id={me.id} name={me.name} picture={me.picture} size={28} />
        <span class="account-name">
          <span class="unseen">{t("nav.account")}:</span>
          <span>{me.name}</span>
          <small>@{me.handle}</small>
        </span>
      </button>
      <div id="account-menu" popover="auto" class="popover menu account-menu">
        <a class="menu-item" href={`/people/${me.handle}`}>
          <User size={15} aria-hidden="true" />
          {t("nav.profile")}
        </a>
        <a class="menu-item" href="/settings">
          <Settings size={15} aria-hidden="true" />
          {t("nav.settings")}
        </a>
        <hr />
        <ThemeSwitch theme={theme} back={here} />
        <hr />
        <form method="post" action="/sign-out">
          <button type="submit" class="menu-item">
            <LogOut size={15} aria-hidden="true" />
            {t("nav.signOut")}
          </button>
        </form>
      </div>
    </div>
  );
}
