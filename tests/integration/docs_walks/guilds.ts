/** What is done in guilds. */
import {
  acceptApplication,
  acceptInvitation,
  applyToGuild,
  endGuild,
  inviteToGuild,
  joinGuild,
  leaveGuild,
  rejectApplication,
  removeMember,
  setRole,
  updateGuild,
  withdrawApplication,
} from "../../../lib/guilds/mod.ts";
import { toldOf, type Walks } from "./world.ts";

export const guilds: Walks = {
  async joinGuild(deps, { guild, carl, ada, bob }) {
    await setRole(deps, ada, guild.id, bob.id, "officer");
    await joinGuild(deps, guild.id, carl);
    return ["ada", "bob"];
  },
  async leaveGuild(deps, { guild, bob }) {
    await leaveGuild(deps, guild.id, bob.id);
  },
  async "setRole up"(deps, { guild, ada, bob }) {
    await setRole(deps, ada, guild.id, bob.id, "officer");
    return ["bob"];
  },
  async "setRole down"(deps, { guild, ada, bob }) {
    await setRole(deps, ada, guild.id, bob.id, "officer");
    await toldOf(deps, "bob", "guild_promoted");
    await setRole(deps, ada, guild.id, bob.id, "member");
  },
  async updateGuild(deps, { guild, ada }) {
    await updateGuild(deps, ada, guild.id, { name: "Lamp" });
  },
  async removeMember(deps, { guild, ada, bob }) {
    await removeMember(deps, ada, guild.id, bob.id);
  },
  async applyToGuild(deps, { guild, ada, carl }) {
    await updateGuild(deps, ada, guild.id, { open: false });
    await applyToGuild(deps, guild.id, carl, "Let me in");
    return ["ada"];
  },
  async withdrawApplication(deps, { guild, ada, carl }) {
    await updateGuild(deps, ada, guild.id, { open: false });
    await applyToGuild(deps, guild.id, carl, "Let me in");
    await withdrawApplication(deps, guild.id, carl.id);
  },
  async acceptApplication(deps, { guild, ada, carl }) {
    await updateGuild(deps, ada, guild.id, { open: false });
    await applyToGuild(deps, guild.id, carl, "Let me in");
    await acceptApplication(deps, ada, guild.id, carl.id);
    return ["carl"];
  },
  async rejectApplication(deps, { guild, ada, carl }) {
    await updateGuild(deps, ada, guild.id, { open: false });
    await applyToGuild(deps, guild.id, carl, "Let me in");
    await rejectApplication(deps, ada, guild.id, carl.id, "We are full");
    return ["carl"];
  },
  async inviteToGuild(deps, { guild, ada, carl }) {
    await inviteToGuild(deps, ada, guild.id, carl, "Come");
    return ["carl"];
  },
  async acceptInvitation(deps, { guild, ada, bob, carl }) {
    await inviteToGuild(deps, ada, guild.id, carl, "Come");
    await setRole(deps, ada, guild.id, bob.id, "officer");
    await acceptInvitation(deps, guild.id, carl);
    return ["ada", "bob"];
  },
  async endGuild(deps, { guild, ada }) {
    await endGuild(deps, ada, guild.id, guild.name);
  },
};
