import "../components/core.ts";
import { useLayoutEffect, useState } from "preact/hooks";
import { Avatar } from "../components/Avatar.tsx";
import {
  saysNow,
  stateNow,
  useStatuses,
} from "../components/people/statuses.ts";
import { useChatReader } from "../lib/i18n/live_chat.ts";
import { relativeTime } from "../lib/i18n/time.ts";
import {
  useChannel,
  useChannelEvent,
} from "../lib/realtime/client/hooks/channel.ts";
import type { Status, StatusState } from "../lib/status/types.ts";

export interface Person {
  id: string;
  handle: string;
  name: string;
  picture?: string;
  role: "owner" | "officer" | "member";
}

export interface MembersOnlineProps {
  guildId: string;
  members: Person[];
  /** All members of the guild; `members` may be only the first of them. */
  total: number;
}

const RANK = { owner: 0, officer: 1, member: 2 };

/** The members of a guild: who is here now first, then the others. */
export default function MembersOnline(
  { guildId, members: initial, total: atFirst }: MembersOnlineProps,
) {
  const { t } = useChatReader();
  const statuses = useStatuses(`guild-${guildId}`);
  const [members, setMembers] = useState(initial);
  const [total, setTotal] = useState(atFirst);
  const { state, members: present } = useChannel(`presence-guild-${guildId}`);
  const channel = `guild-${guildId}`;
  useChannelEvent<
    { user: Omit<Person, "role">; role: Person["role"]; memberCount: number }
  >(
    channel,
    "guild:member-join",
    ({ user, role, memberCount }) => {
      setMembers((
        known,
      ) => [...known.filter(({ id }) => id !== user.id), { ...user, role }]);
      setTotal(memberCount);
    },
  );
  useChannelEvent<
    {
      memberCount: number;
      left?: string;
      role?: { userId: string; role: Person["role"] };
    }
  >(
    channel,
    "guild:updated",
    ({ memberCount, left, role }) => {
      setTotal(memberCount);
      setMembers((known) =>
        known.filter(({ id }) => id !== left)
          .map((one) =>
            one.id === role?.userId ? { ...one, role: role.role } : one
          )
      );
    },
  );
  useKeptFocus();
  const live = state.value === "subscribed";
  const here = present.value;
  const sorted = members.toSorted((a, b) =>
    RANK[a.role] - RANK[b.role] || a.name.localeCompare(b.name)
  );
  const online = sorted.filter(({ id }) => here.has(id));
  const away = sorted.filter(({ id }) => !here.has(id));
  if (!live) {
    return <People title={t("members.title")} count={total} people={sorted} />;
  }
  return (
    <>
      {online.length > 0 && (
        <People
          title={t("members.online")}
          count={online.length}
          people={online}
          statuses={statuses}
          online
        />
      )}
      {away.length > 0 && (
        <People
          title={t("members.offline")}
          count={total - online.length}
          people={away}
          statuses={statuses}
          online={false}
        />
      )}
    </>
  );
}

/** Whoever has the focus on somebody keeps it when that link is drawn anew, in the other of the two lists. */
function useKeptFocus(): void {
  const held = typeof document === "undefined"
    ? undefined
    : document.activeElement?.closest<HTMLElement>("a.person")?.dataset.person;
  useLayoutEffect(() => {
    if (!held || document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>(
      `a.person[data-person="${CSS.escape(held)}"]`,
    )?.focus();
  });
}

function People(
  { title, count, people, statuses, online }: {
    title: string;
    count: number;
    people: Person[];
    statuses?: ReadonlyMap<string, Status>;
    online?: boolean;
  },
) {
  const reader = useChatReader();
  const { t } = reader;
  /** How somebody is reached, in a word, and what they say. */
  const about = (id: string) => {
    const status = statuses?.get(id);
    const now = reader.now();
    const seen = status?.lastSeenAt;
    const told: StatusState = status ? stateNow(status, now) : "online";
    // Whoever is in the room is here, whatever was told before.
    const state: StatusState = !online
      ? "offline"
      : told === "offline"
      ? "online"
      : told;
    const word = state === "offline" && seen
      ? t("members.lastSeen", { time: relativeTime(seen, now, reader) })
      : t(`members.is.${state}`);
    return { state, word, says: status && saysNow(status, now) };
  };
  return (
    <section class={online === false ? "away" : undefined}>
      <h2>
        {title} <span>{count}</span>
      </h2>
      <ul>
        {people.map((person) => {
          const { state, word, says } = about(person.id);
          return (
            <li key={person.id}>
              <a
                class="person"
                href={`/people/${person.handle}`}
                data-person={person.handle}
                data-online={online}
                title={online === undefined ? undefined : word}
              >
                <Avatar
                  id={person.id}
                  name={person.name}
                  picture={person.picture}
                  size={24}
                  presence={online === undefined ? undefined : state}
                />
                <span>
                  {person.name}
                  {says && (
                    <small class="says" title={says.text}>
                      {says.emoji} {says.text}
                    </small>
                  )}
                  {online !== undefined && <span class="unseen">, {word}</span>}
                </span>
                {person.role !== "member" && (
                  <small>{t(`members.role.${person.role}`)}</small>
                )}
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
