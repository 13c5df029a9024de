import { usePageReader } from "../../lib/i18n/mod.ts";
import { MessageRow } from "../chat/MessageRow.tsx";
import { Avatar } from "../Avatar.tsx";

/** People and guilds of the demo world, so that it is the same world behind the door. */
const PEOPLE = [
  { id: "demo_owner", name: "Mara Okafor" },
  { id: "demo_member", name: "Jonas Lindqvist" },
  { id: "demo_aiko", name: "Aiko Tanaka" },
  { id: "demo_tomas", name: "Tomáš Novák" },
] as const;
const GUILDS = ["Lantern Works", "Northwind Audit", "Open Canvas"];

/** A guild as it looks, made of the real pieces. A picture of the product: hidden from readers, described by its label. */
export function Preview() {
  const { t } = usePageReader();
  const start = Date.UTC(2026, 2, 3, 9, 12);
  const said = (
    [[0, "landing.preview.m1"], [1, "landing.preview.m2"], [
      2,
      "landing.preview.m3",
    ], [
      0,
      "landing.preview.m4",
    ]] as const
  ).map(([who, text], i) => ({
    author: PEOPLE[who],
    text: t(text),
    at: start + i * 64_000,
  }));
  return (
    <div
      class="preview"
      role="img"
      aria-label={t("landing.previewLabel")}
      inert
    >
      <aside>
        {GUILDS.map((name, i) => (
          <div
            key={name}
            class="rail-link"
            aria-current={i === 0 ? "page" : undefined}
          >
            <Avatar id={name} name={name} size={20} square />
            <span>{name}</span>
          </div>
        ))}
      </aside>
      <div class="preview-chat">
        {said.map(({ author, text, at }) => (
          <MessageRow
            key={at}
            head
            item={{
              id: String(at),
              key: String(at),
              channel: "preview",
              authorId: author.id,
              author: { handle: "", name: author.name },
              content: text,
              sentAt: at,
              state: "sent",
            }}
          />
        ))}
      </div>
      <aside>
        {PEOPLE.map(({ id, name }, i) => (
          <div key={id} class="person">
            <Avatar id={id} name={name} size={24} online={i < 3} />
            <span>{name}</span>
          </div>
        ))}
      </aside>
    </div>
  );
}
