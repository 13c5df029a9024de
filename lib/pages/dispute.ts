import type { Context } from "fresh";
import {
  addEvidence,
  Ballot,
  castVote,
  decideDispute,
  Decision,
  escalateDispute,
  NewEvidence,
  withdrawDispute,
} from "../disputes/mod.ts";
import { parseFields } from "../http/body.ts";
import type { State } from "../http/define.ts";
import { caller } from "../http/session.ts";
import type { User } from "../users/mod.ts";
import { type FormFailure, formFailure, readForm } from "./failure.ts";

/** The forms beside a dispute's room. */
export const DISPUTE_ACTIONS = [
  "evidence",
  "escalate",
  "vote",
  "withdraw",
  "decide",
] as const;
export type DisputeFormAction = typeof DISPUTE_ACTIONS[number];

/** Does what one of the forms says; `null` when it is done, else what is wrong with it. */
export async function actInDispute(
  ctx: Context<State>,
  user: User,
  action: DisputeFormAction,
): Promise<FormFailure | null> {
  const { platform } = ctx.state;
  const form = await readForm(ctx.req);
  const fields = Object.fromEntries(form);
  const id = ctx.params.id!;
  try {
    switch (action) {
      case "evidence": {
        const given = parseFields(NewEvidence, fields);
        await addEvidence(platform, user, id, given);
        break;
      }
      case "escalate":
        await escalateDispute(platform, user, id);
        break;
      case "vote": {
        const { forId } = parseFields(Ballot, fields);
        await castVote(platform, user, id, forId, caller(ctx).device);
        break;
      }
      case "withdraw":
        await withdrawDispute(platform, user, id);
        break;
      case "decide":
        await decideDispute(platform, user, id, parseFields(Decision, fields));
        break;
    }
    return null;
  } catch (error) {
    const failure = formFailure(error, form);
    // The notice above the room has one line: the first thing that is wrong.
    const [first] = Object.values(failure.fields);
    return { ...failure, message: first ?? failure.message, values: {} };
  }
}
