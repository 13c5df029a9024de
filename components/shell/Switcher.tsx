import "../core.ts";
import { Fragment } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useSwitcherReader } from "../../lib/i18n/live_switcher.ts";
import { call } from "../../lib/realtime/client/api.ts";
import { isFields } from "../../lib/realtime/client/frames.ts";
import { getPage } from "../../lib/realtime/client/page.ts";
import type { LiveRoom } from "../../lib/realtime/client/rooms.ts";
import { Avatar } from "../Avatar.tsx";
import { Dialog } from "../chat/questions/Dialog.tsx";
import { countsOf } from "./counts.ts";
import { ranked } from "./ranked.ts";
import { roomPath } from "./room_path.ts";

interface Choice {
  key: string;
  name: string;
  about?: string;
  group: "rooms" | "people" | "commands";
  avatar?: { id: string; square: boolean };
  count?: number;
  go: string | (() => void);
}

export interface SwitcherProps {
  rooms: readonly LiveRoom[];
  close: () => void;
  /** Opens another of the site's dialogs. */
  show: (what: "keys" | "status") => void;
}

const MOST = 8;

/** Goes to a room, to a person or does something, by some letters of its name. */
export function Switcher({ rooms, close, show }: SwitcherProps) {
  const { t } = useSwitcherReader();
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState(0);
  const people = usePeople(words);
  const list = useRef<HTMLUListElement>(null);

  const ofRooms = rooms.map((room): Choice => ({
    key: room.channel,
    name: room.name,
    about: room.handle ? `@${room.handle}` : undefined,
    group: "rooms",
    avatar: { id: room.subjectId, square: room.kind !== "dm" },
    count: countsOf(room).calls,
    go: roomPath(room),
  })).toSorted((a, b) => (b.count ?? 0) - (a.count ?? 0));
  const known = new Set(rooms.map(({ handle }) => handle));
  const ofPeople = people.filter(({ handle }) => !known.has(handle))
    .map(({ id, handle, name }): Choice => ({
      key: id,
      name,
      about: `@${handle}`,
      group: "people",
      avatar: { id, square: false },
      go: `/messages/${handle}`,
    }));
  const command = (key: Command, go: Choice["go"]): Choice => ({
    key,
    name: t(`switcher.${key}`),
    group: "commands",
    go,
  });
  const commands = [
    command("home", "/"),
    command("notifications", "/notifications"),
    command("bounties", "/bounties"),
    command("disputes", "/disputes"),
    command("settings", "/settings"),
    command("newGuild", "/guilds/new"),
    command(
      "readAll",
      () =>
        void call(getPage().env, "POST", "/api/me/rooms/read-all")
          .catch(() => {}),
    ),
    command("status", () => show("status")),
    command("keys", () => show("keys")),
  ];
  const q = words.trim();
  const choices = [
    ...ranked(ofRooms, q).slice(0, MOST),
    ...ofPeople.slice(0, MOST),
    ...ranked(commands, q).slice(0, q === "" ? MOST : 4),
    ...(q === "" ? [] : [{
      key: "search",
      name: t("switcher.search", { q }),
      group: "commands" as const,
      go: `/search/messages?${new URLSearchParams({ q })}`,
    }]),
  ];
  const at = Math.min(chosen, choices.length - 1);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")
      ?.scrollIntoView({ block: "nearest" });
  }, [at]);
  const go = (choice: Choice | undefined) => {
    if (!choice) return;
    close();
    if (typeof choice.go === "string") location.assign(choice.go);
    else choice.go();
  };
  const key = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const { length } = choices;
    if (event.key === "ArrowDown") setChosen((at + 1) % length);
    else if (event.key === "ArrowUp") setChosen((at + length - 1) % length);
    else if (event.key === "Enter") go(choices[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t("switcher.title")} class="switcher" bare close={close}>
      <input
        class="input"
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="switcher-list"
        aria-activedescendant={choices[at] && `switcher-${at}`}
        aria-autocomplete="list"
        aria-label={t("switcher.field")}
        placeholder={t("switcher.field")}
        autocomplete="off"
        autofocus
        value={words}
        onInput={(event) => {
          setWords(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={key}
      />
      {choices.length === 0 && <p class="quiet">{t("switcher.none")}</p>}
      <ul
        id="switcher-list"
        ref={list}
        role="listbox"
        aria-label={t("switcher.title")}
      >
        {choices.map((choice, i) => (
          <Fragment key={choice.key}>
            {choice.group !== choices[i - 1]?.group && (
              <li class="switcher-head" role="presentation" aria-hidden="true">
                {t(`switcher.${choice.group}`)}
              </li>
            )}
            <li
              id={`switcher-${i}`}
              role="option"
              aria-selected={i === at}
              onPointerMove={() => setChosen(i)}
              onClick={() =>
                go(choice)}
            >
              {choice.avatar && (
                <Avatar {...choice.avatar} name={choice.name} size={20} />
              )}
              <span>{choice.name}</span>
              {choice.about && <small>{choice.about}</small>}
              {(choice.count ?? 0) > 0 && (
                <span class="count">{choice.count}</span>
              )}
            </li>
          </Fragment>
        ))}
      </ul>
    </Dialog>
  );
}

type Command =
  | "home"
  | "notifications"
  | "bounties"
  | "disputes"
  | "settings"
  | "newGuild"
  | "readAll"
  | "status"
  | "keys";

interface Found {
  id: string;
  handle: string;
  name: string;
}

/** People whose names fit, as the server finds them. */
function usePeople(words: string): Found[] {
  const [found, setFound] = useState<Found[]>([]);
  useEffect(() => {
    const q = words.trim();
    if (q.length < 2) return setFound([]);
    let current = true;
    const timer = setTimeout(async () => {
      const query = new URLSearchParams({ q, kind: "user", limit: "8" });
      const answer = await call(getPage().env, "GET", `/api/search?${query}`)
        .catch(() => null);
      if (!current || !Array.isArray(answer?.hits)) return;
      setFound(answer.hits.flatMap((hit) => {
        if (!isFields(hit) || !Array.isArray(hit.title)) return [];
        const handle = String(hit.link ?? "").split("/").at(-1)!;
        const name = hit.title.map((piece) =>
          isFields(piece) ? String(piece.text) : ""
        ).join("");
        return [{ id: String(hit.id), handle, name }];
      }));
    }, 120);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [words]);
  return found;
}
