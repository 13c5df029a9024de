/** The events of a room, applied in their order, give what is stored. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { NexoraError } from "../../../lib/errors.ts";
import {
  editMessage,
  getMessage,
  listReactions,
  type Message,
  type MessageNew,
  pinMessage,
  react,
  removeMessage,
  sendMessage,
} from "../../../lib/messages/mod.ts";
import type { User } from "../../../lib/users/mod.ts";
import { openDeps } from "../../support/open_deps.ts";
import { dm } from "./rooms.ts";

type Deed =
  | { do: "send" | "reply"; by: number; text: string }
  | { do: "edit"; at: number; text: string }
  | { do: "delete" | "pin"; at: number }
  | { do: "react"; at: number; by: number; emoji: string; on: boolean };

const text = fc.constantFrom("a", "b", "c");

const at = fc.nat(9);
const by = fc.nat(1);

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    do: fc.constantFrom("send" as const, "reply" as const),
    by,
    text,
  }),
  fc.record({ do: fc.constant("edit" as const), at, text }),
  fc.record({ do: fc.constantFrom("delete" as const, "pin" as const), at }),
  fc.record({
    do: fc.constant("react" as const),
    at,
    by,
    emoji: fc.constantFrom("👍", "🎉"),
    on: fc.boolean(),
  }),
);

/** What a client makes of the events, in their order. */
function applied(events: { event: string; json: unknown }[]) {
  const messages = new Map<string, Message>();
  const patch = (id: string, change: Partial<Message>) => {
    const before = messages.get(id)!;
    assert(change.revision === before.revision + 1, "revisions have no gap");
    messages.set(id, { ...before, ...change });
  };
  for (const { event, json } of events) {
    const data = json as Message & MessageNew & { added?: boolean };
    if (data.parent) {
      const { id, ...change } = data.parent;
      patch(id, change);
    }
    const { id, revision } = data;
    if (event === "message:new") {
      const { parent: _, ...message } = data;
      messages.set(id, message);
    } else if (event === "message:edit") {
      const { content, editedAt, mentions } = data;
      patch(id, { revision, content, editedAt, mentions });
    } else if (event === "message:delete") {
      const { deleted } = data;
      patch(id, {
        revision,
        deleted,
        content: "",
        reactions: [],
        pinned: null,
      });
    } else if (event === "message:pin") {
      patch(id, { revision, pinned: data.pinned });
    } else if (event === "message:reaction") {
      patch(id, { revision, reactions: data.reactions });
    }
  }
  return messages;
}

Deno.test("whatever is done at once from two isolates, whoever applies the events has what is stored", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { minLength: 5, maxLength: 40 }),
      async (deeds) => {
        await using deps = await openDeps();
        await using other = await deps.fork();
        const people = [await deps.addUser("ada"), await deps.addUser("bob")];
        const ids: string[] = [];
        const authors: User[] = [];
        for (let n = 0; n < 4; n++) {
          const author = people[n % 2]!;
          const sent = await sendMessage(deps, {
            channel: dm,
            author,
            content: "0",
          });
          ids.push(sent.message.id);
          authors.push(author);
        }
        await Promise.all(deeds.map(async (one, n) => {
          const d = n % 2 ? deps : other;
          const target = "at" in one ? one.at % ids.length : 0;
          const id = ids[target]!;
          const author = authors[target]!;
          try {
            if (one.do === "send" || one.do === "reply") {
              await sendMessage(d, {
                channel: dm,
                author: people[one.by]!,
                content: one.text,
                ...(one.do === "reply" && { parentId: ids[0]! }),
              });
            } else if (one.do === "edit") {
              await editMessage(d, {
                channel: dm,
                id,
                author,
                content: one.text,
              });
            } else if (one.do === "delete") {
              await removeMessage(d, { channel: dm, id, by: author });
            } else if (one.do === "pin") {
              await pinMessage(d, {
                channel: dm,
                id,
                user: author,
                pinned: n % 3 > 0,
              });
            } else if (one.do === "react") {
              const user = people[one.by]!;
              const { emoji, on } = one;
              await react(d, { channel: dm, id, user, emoji, on });
            }
          } catch (error) {
            const known = error instanceof NexoraError &&
              error.code === "illegal_transition";
            if (!known) throw error;
          }
        }));
        const model = applied(await deps.events(dm));
        for (const [id, expected] of model) {
          const { position: _, ...stored } = (await getMessage(deps, dm, id))!;
          assertEquals(stored, expected);
          const { rows } = await listReactions(deps, dm, id);
          if (stored.deleted) continue;
          for (const { emoji, count, userIds } of stored.reactions) {
            const those = rows.filter((row) => row.emojis.includes(emoji));
            assertEquals(count, those.length);
            assertEquals(userIds.toSorted(), those.map((row) => row.userId));
          }
        }
      },
    ),
    { numRuns: 30 },
  );
});
