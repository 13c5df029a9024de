import { usePageReader } from "../../lib/i18n/mod.ts";

/** The pages of one guild; the chat for members, the settings for who leads it. */
export function GuildNav(
  { guildId, here, inside, leads, waiting = 0 }: {
    guildId: string;
    here: "chat" | "about" | "settings";
    inside: boolean;
    leads: boolean;
    /** Applications that nobody has answered. */
    waiting?: number;
  },
) {
  const { t } = usePageReader();
  const path = `/guilds/${guildId}`;
  const pages = [
    ...inside ? [["chat", path] as const] : [],
    ["about", `${path}/about`] as const,
    ...leads ? [["settings", `${path}/settings`] as const] : [],
  ];
  // One page is no choice.
  if (pages.length === 1) return null;
  return (
    <nav class="segments guild-nav" aria-label={t("guild.nav")}>
      {pages.map(([name, href]) => (
        <a
          key={name}
          class="segment"
          href={href}
          aria-current={name === here ? "page" : "false"}
        >
          {t(`guild.nav.${name}`)}
          {name === "settings" && waiting > 0 && (
            <span class="count">{waiting}</span>
          )}
        </a>
      ))}
    </nav>
  );
}
