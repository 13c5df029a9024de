import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { NexoraError } from "../../../lib/errors.ts";
import {
  editMessage,
  firstSince,
  removeMessage,
  sendMessage,
} from "../../../lib/messages/mod.ts";
import { dmChannel } from "../../../lib/realtime/mod.ts";
import { openDeps } from "../../support/open_deps.ts";

const channel = dmChannel("ada", "bob");

/** What is deleted takes no replies and no other words. */
function refused(error: unknown): void {
  if (!(error instanceof NexoraError)) throw error;
}

Deno.test("the first message since a time is the one that a look at all of them finds", async () => {
  const step = fc.record({
    after: fc.nat({ max: 3 }),
    what: fc.constantFrom("say", "say", "reply", "edit", "remove"),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 20 }),
      fc.nat({ max: 60 }),
      async (steps, asked) => {
        await using deps = await openDeps();
        const ada = await deps.addUser("ada");
        await deps.addUser("bob");
        const start = deps.now();
        const said: { id: string; at: number }[] = [];
        for (const { after, what } of steps) {
          deps.clock.advance(after);
          const last = said.at(-1)?.id;
          if (what === "say" || !last) {
            const { message } = await sendMessage(deps, {
              channel,
              author: ada,
              content: "Hi",
            });
            said.push({ id: message.id, at: deps.now() });
          } else if (what === "reply") {
            const reply = { channel, author: ada, content: "Hm" };
            await sendMessage(deps, { ...reply, parentId: last })
              .catch(refused);
          } else if (what === "edit") {
            const edit = { channel, id: last, content: `${deps.now()}` };
            await editMessage(deps, { ...edit, author: ada }).catch(refused);
          } else {
            await removeMessage(deps, { channel, id: last, by: ada })
              .catch(refused);
          }
        }
        const since = start + asked;
        const found = await firstSince(deps, channel, since);
        const expected = said.find(({ at }) => at >= since);
        assertEquals(found?.id ?? null, expected?.id ?? null);
      },
    ),
    { numRuns: 60 },
  );
});
