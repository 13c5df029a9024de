/** What is done in calls. */
import {
  joinCall,
  leaveCall,
  sendSignal,
  startCall,
} from "../../../lib/calls/mod.ts";
import { type TestDeps } from "../../support/open_deps.ts";
import { dm, type Walks, type World } from "./world.ts";

/** The id that a call gets, so that its channel can be looked at beforehand. */
export const CALL = "C0000000000000000000000000";
const PEER = "tab-of-ada";

/** A call of Bob's and Ada's; its id is known beforehand. */
async function calling(deps: TestDeps, by: World["ada"]) {
  const newId = () => CALL;
  const { call } = await startCall({ ...deps, newId }, dm, by, {
    video: false,
  });
  return call.id;
}

export const calls: Walks = {
  async startCall(deps, { ada }) {
    await calling(deps, ada);
  },
  async "startCall rings"(deps, { bob }) {
    await calling(deps, bob);
  },
  async joinCall(deps, { ada }) {
    await joinCall(deps, await calling(deps, ada), ada, PEER);
  },
  async "joinCall elsewhere"(deps, { ada, bob }) {
    await joinCall(deps, await calling(deps, bob), ada, PEER);
  },
  async "leaveCall last"(deps, { ada }) {
    const id = await calling(deps, ada);
    await joinCall(deps, id, ada, PEER);
    await leaveCall(deps, id, "ada", PEER);
  },
  async sendSignal(deps, { ada }) {
    const id = await calling(deps, ada);
    await joinCall(deps, id, ada, PEER);
    const signal = { type: "hello" as const };
    await sendSignal(deps, id, "ada", { peer: PEER, to: null, signal });
  },
};
