/** What guilds ask of officers and of who is invited. */
import {
  acceptApplication,
  acceptInvitation,
  applyToGuild,
  declineInvitation,
  endGuild,
  inviteToGuild,
  joinGuild,
  rejectApplication,
  removeMember,
  revokeInvitation,
  setRole,
  updateGuild,
  withdrawApplication,
} from "../../../../lib/guilds/mod.ts";
import { type DeliveryWorld } from "../delivery_support.ts";
import { type Case, type World } from "./world.ts";

export const applied = (deps: DeliveryWorld, { guild, carl }: World) =>
  applyToGuild(deps, guild.id, carl, "Let me in");
const invited = (deps: DeliveryWorld, { guild, ada, carl }: World) =>
  inviteToGuild(deps, ada, guild.id, carl, "Come");

export const guilds: Case[] = [{
  type: "guild_applied",
  ask: applied,
  ends: {
    "an officer accepts": {
      settle: (deps, { bob, guild }) =>
        acceptApplication(deps, bob, guild.id, "carl"),
      seen: { bob: "You accepted", ada: "Accepted" },
    },
    "an officer declines": {
      settle: (deps, { ada, guild }) =>
        rejectApplication(deps, ada, guild.id, "carl", "We are full"),
      seen: { ada: "You declined", bob: "Declined" },
    },
    "it is withdrawn": {
      settle: (deps, { guild }) => withdrawApplication(deps, guild.id, "carl"),
      seen: { ada: "Withdrawn", bob: "Withdrawn" },
    },
    "the applicant comes in by the open door": {
      settle: async (deps, { ada, guild, carl }) => {
        await updateGuild(deps, ada, guild.id, { open: true });
        await joinGuild(deps, guild.id, carl);
      },
      seen: { ada: "Accepted", bob: "Accepted" },
    },
    "one of them is no officer any more": {
      settle: (deps, { ada, guild }) =>
        setRole(deps, ada, guild.id, "bob", "member"),
      seen: { bob: "No longer open" },
      open: ["ada"],
    },
    "one of them is put out": {
      settle: (deps, { ada, guild }) =>
        removeMember(deps, ada, guild.id, "bob"),
      seen: { bob: "No longer open" },
      open: ["ada"],
    },
    "the guild ends": {
      settle: (deps, { ada, guild }) =>
        endGuild(deps, ada, guild.id, guild.name),
      seen: { ada: "No longer open", bob: "No longer open" },
    },
  },
}, {
  type: "guild_invite",
  ask: invited,
  ends: {
    "it is accepted": {
      settle: (deps, { guild, carl }) => acceptInvitation(deps, guild.id, carl),
      seen: { carl: "You accepted" },
    },
    "it is declined": {
      settle: (deps, { guild }) => declineInvitation(deps, guild.id, "carl"),
      seen: { carl: "You declined" },
    },
    "it is revoked": {
      settle: (deps, { ada, guild }) =>
        revokeInvitation(deps, ada, guild.id, "carl"),
      seen: { carl: "Taken back" },
    },
    "who is invited comes in by the open door": {
      settle: async (deps, { ada, guild, carl }) => {
        await updateGuild(deps, ada, guild.id, { open: true });
        await joinGuild(deps, guild.id, carl);
      },
      seen: { carl: "You accepted" },
    },
    "the guild ends": {
      settle: (deps, { ada, guild }) =>
        endGuild(deps, ada, guild.id, guild.name),
      seen: { carl: "No longer open" },
    },
  },
}];
