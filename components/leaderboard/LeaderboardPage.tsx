import RelativeTime from "../../islands/RelativeTime.tsx";
import { usePageReader } from "../../lib/i18n/mod.ts";
import {
  BOARDS,
  hasPeriod,
  type Leaderboard,
  PERIODS,
  type Place,
} from "../../lib/leaderboards/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import { Avatar } from "../Avatar.tsx";
import { Empty } from "../Empty.tsx";
import { Trophy } from "lucide-preact";
import { Shell } from "../shell/Shell.tsx";

export interface LeaderboardProps {
  frame: Frame;
  leaderboard: Leaderboard;
  own: { position: number; score: number } | null;
  me: { id: string; name: string; picture?: string; rank: string };
  /** Guilds of the reader, whose rows are marked. */
  guildIds: string[];
}

/** Who stands where; one's own place is there however far down it is. */
export function LeaderboardPage(props: LeaderboardProps) {
  const { frame, leaderboard, own, me, guildIds } = props;
  const { t } = usePageReader();
  const { board, period, places, asOf } = leaderboard;
  const isOwn = (place: Place) =>
    place.id === me.id || guildIds.includes(place.id);
  const shown = places.some((place) => place.id === me.id);
  return (
    <Shell frame={frame} title={t("board.title")} narrow>
      <nav class="tabs-row" aria-label={t("board.label")}>
        {BOARDS.map((each) => (
          <a
            key={each}
            class="tab-link"
            href={`/leaderboard?board=${each}`}
            aria-current={each === board ? "page" : "false"}
          >
            {t(`board.${each}`)}
          </a>
        ))}
      </nav>
      <div class="board-head">
        <p>{t(`board.${board}.lead`)}</p>
        {hasPeriod(board, "month") && (
          <nav class="segments" aria-label={t("board.period")}>
            {PERIODS.map((each) => (
              <a
                key={each}
                class="segment"
                href={`/leaderboard?board=${board}&period=${each}`}
                aria-current={each === period ? "page" : "false"}
              >
                {t(`board.${each}`)}
              </a>
            ))}
          </nav>
        )}
      </div>
      <div class="card">
        {places.length === 0
          ? (
            <Empty
              icon={<Trophy size={22} strokeWidth={1.6} aria-hidden="true" />}
              title={t("board.empty")}
              body={t("board.emptyBody")}
            />
          )
          : (
            <ol class="rows board">
              {places.map((place) => (
                <PlaceRow
                  key={place.id}
                  place={place}
                  square={board === "guilds"}
                  own={isOwn(place)}
                />
              ))}
            </ol>
          )}
        {board !== "guilds" && !shown && own && (
          <div class="board-own">
            <h2 class="unseen">{t("board.yourPlace")}</h2>
            <ol class="rows board">
              <PlaceRow
                own
                place={{
                  ...own,
                  ...me,
                  link: `/people/${frame.me.handle}`,
                }}
              />
            </ol>
          </div>
        )}
        {board !== "guilds" && !own && places.length > 0 && (
          <p class="board-none">
            <strong>{t("board.noPlace")}</strong>
            <span>{t("board.noPlaceBody")}</span>
          </p>
        )}
      </div>
      <p class="quiet-text board-foot">
        {t("board.asOf")} <RelativeTime at={asOf} />. {t("board.asOfWhy")}
      </p>
    </Shell>
  );
}

function PlaceRow(
  { place, square, own }: {
    place: Omit<Place, "handle">;
    square?: boolean;
    own: boolean;
  },
) {
  const { t, locale } = usePageReader();
  const { position, id, name, picture, rank, memberCount, score, link } = place;
  const about = rank ??
    (memberCount !== undefined
      ? t("guilds.members", { count: memberCount })
      : null);
  return (
    <li class={own ? "row own" : "row"}>
      <span
        class={position <= 3 ? `board-place top${position}` : "board-place"}
      >
        <span class="unseen">{t("board.position")}</span>
        {position.toLocaleString(locale)}
      </span>
      <Avatar id={id} name={name} picture={picture} size={36} square={square} />
      <div class="row-main">
        <a class="row-link" href={link}>{name}</a>
        {own && !square && <span class="chip accent">{t("board.you")}</span>}
        {about && <p class="row-line">{about}</p>}
      </div>
      <strong class="board-score">{score.toLocaleString(locale)}</strong>
    </li>
  );
}
