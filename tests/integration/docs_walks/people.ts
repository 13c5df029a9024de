/** What people do by being here, and what is counted of them. */
import { userChannel } from "../../../lib/realtime/mod.ts";
import { DAY } from "../../../lib/clock.ts";
import { changeTrust } from "../../../lib/users/mod.ts";
import { keys } from "../../../lib/kv/mod.ts";
import { noteInput, setStatus } from "../../../lib/status/mod.ts";
import { type Walks } from "./world.ts";

export const people: Walks = {
  async setStatus(deps) {
    const own = { state: "dnd" as const, text: "", emoji: "", until: null };
    await setStatus(deps, "ada", own);
  },
  async noteInput(deps) {
    await deps.kv.set(keys.occupied(userChannel("ada"), "n"), 1);
    await deps.kv.set(keys.node("n"), { expiresAt: deps.now() + DAY });
    await noteInput(deps, "ada", true);
  },
  async changeTrust(deps) {
    await changeTrust(deps, "ada", {
      delta: 5,
      reason: "dispute_won",
      cause: "dispute:1",
    });
  },
  async "changeTrust to another rank"(deps) {
    await changeTrust(deps, "ada", {
      delta: 5,
      reason: "bounty_completed",
      cause: "bounty:1",
      counts: { completed: 1 },
    });
    return ["ada"];
  },
};
