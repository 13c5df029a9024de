import RelativeTime from "../../islands/RelativeTime.tsx";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame, GuildNews } from "../../lib/pages/mod.ts";
import { Avatar } from "../Avatar.tsx";
import { Empty } from "../Empty.tsx";
import { Users } from "lucide-preact";
import { UnreadCount } from "./UnreadCount.tsx";

/** The reader's guilds, the liveliest first, with the last that was said. */
export function GuildNewsList(
  { guilds, rooms }: { guilds: GuildNews[]; rooms: Frame["rooms"] },
) {
  const { t } = usePageReader();
  return (
    <section class="section" aria-labelledby="home-guilds">
      <div class="section-head">
        <h2 id="home-guilds">{t("home.guilds")}</h2>
        <a class="button small quiet" href="/guilds">
          {t("nav.browseGuilds")}
        </a>
      </div>
      <div class="card">
        {guilds.length === 0
          ? (
            <Empty
              icon={<Users size={22} strokeWidth={1.6} aria-hidden="true" />}
              title={t("home.noGuilds")}
              body={t("home.noGuildsBody")}
            >
              <a class="button primary" href="/guilds">{t("home.findGuild")}</a>
            </Empty>
          )
          : (
            <ul class="rows">
              {guilds.map(({ id, name, last }) => (
                <li key={id} class="row">
                  <Avatar id={id} name={name} size={36} square />
                  <div class="row-main">
                    <a class="row-link" href={`/guilds/${id}`}>{name}</a>
                    <p class="row-line">
                      {last
                        ? `${last.author.split(" ")[0]}: ${last.text}`
                        : t("home.quiet")}
                    </p>
                  </div>
                  <UnreadCount
                    room={rooms.find((room) =>
                      room.kind === "guild" && room.subjectId === id
                    )}
                  />
                  {last && <RelativeTime class="row-side" at={last.at} />}
                </li>
              ))}
            </ul>
          )}
      </div>
    </section>
  );
}
