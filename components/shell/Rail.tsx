import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import { RailRooms } from "../../islands/Frame.tsx";
import { Avatar } from "../Avatar.tsx";
import { Logo } from "../Logo.tsx";
import { Plus } from "lucide-preact";
import { AccountItems } from "./AccountItems.tsx";
import { current } from "./current.ts";
import { placesOf } from "./places.ts";
import { RoomListing } from "./RoomLists.tsx";

/** The left side: where one is and where one can go. */
export function Rail({ frame }: { frame: Frame }) {
  const { t } = usePageReader();
  const { rooms, here } = frame;
  const at = (path: string) => current(here, path);
  const has = (kind: string) => rooms.some((room) => room.kind === kind);
  const lists = {
    rooms,
    here: here.split(/[?#]/)[0]!,
    guildsHead: (
      <RoomsHead
        id="rail-guilds"
        title={t("nav.yourGuilds")}
        href="/guilds/new"
        add={t("guilds.new")}
        at={at("/guilds/new")}
        none={has("guild") ? null : t("nav.noGuilds")}
      />
    ),
    directHead: (
      <RoomsHead
        id="rail-people"
        title={t("nav.direct")}
        href="/messages"
        add={t("nav.newMessage")}
        at={at("/messages")}
        none={has("dm") ? null : t("nav.noDirect")}
      />
    ),
  };
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
          {placesOf(frame).filter(({ href }) => href !== "/threads").map((
            { href, label, Icon, at },
          ) => (
            <li key={href}>
              <a class="rail-link" href={href} aria-current={at}>
                <Icon size={16} aria-hidden="true" />
                <span>{t(label)}</span>
              </a>
            </li>
          ))}
        </ul>
        <div>
          <RoomListing {...lists} />
        </div>
        <RailRooms
          me={{ id: frame.me.id }}
          rooms={lists.rooms}
          head={frame.head}
          here={lists.here}
        />
      </div>
      <Account frame={frame} />
    </nav>
  );
}

/** Above a list of rooms: what it is, and how to get more of it. */
function RoomsHead(
  { id, title, href, add, at, none }: {
    id: string;
    title: string;
    href: string;
    add: string;
    at: "page" | "false";
    /** Said when there is none. */
    none: string | null;
  },
) {
  return (
    <>
      <div class="rail-heading">
        <h2 id={id}>{title}</h2>
        <a
          class="icon-button small"
          href={href}
          aria-label={add}
          title={add}
          aria-current={at}
        >
          <Plus size={15} aria-hidden="true" />
        </a>
      </div>
      {none && <p class="rail-quiet">{none}</p>}
    </>
  );
}

/** Who is signed in, and a menu that needs no script: a native popover. */
function Account({ frame }: { frame: Frame }) {
  const { t } = usePageReader();
  const { me } = frame;
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
        <AccountItems frame={frame} />
      </div>
    </div>
  );
}
