/** What is done with notifications. */
import {
  applyToGuild,
  updateGuild,
  withdrawApplication,
} from "../../../lib/guilds/mod.ts";
import {
  announce,
  archiveNotification,
  deleteNotification,
  getNotifications,
  markAllNotificationsRead,
  markAllNotificationsSeen,
  markNotificationRead,
  markNotificationSeen,
  restoreNotification,
  sendNotification,
  snoozeNotification,
} from "../../../lib/notifications/mod.ts";
import { DAY } from "../../../lib/clock.ts";
import { waitFor } from "../../support/wait.ts";
import { admin, toldOf, type Walks } from "./world.ts";

const invite = {
  type: "guild_invite" as const,
  data: { guildId: "g", guildName: "G", inviterId: "x", inviterName: "X" },
};

export const notifications: Walks = {
  // Asked of Ada, who leads the guild, and taken back.
  async settleAsk(deps, { guild, ada, carl }) {
    await updateGuild(deps, ada, guild.id, { open: false });
    await applyToGuild(deps, guild.id, carl, "Let me in");
    await toldOf(deps, "ada", "guild_applied");
    await withdrawApplication(deps, guild.id, carl.id);
    await waitFor(async () => {
      const { notifications } = await getNotifications(deps, ada, {});
      return notifications.some(({ outcome }) => outcome !== null);
    }, { what: "it to be settled" });
  },
  async sendNotification(deps) {
    await sendNotification(deps, { userId: "ada", ...invite });
  },
  async markNotificationRead(deps, { notificationId }) {
    await markNotificationRead(deps, "ada", notificationId, true);
  },
  async markAllNotificationsRead(deps) {
    await markAllNotificationsRead(deps, "ada");
  },
  async archiveNotification(deps, { notificationId }) {
    await archiveNotification(deps, "ada", notificationId, true);
  },
  async "archiveNotification back"(deps, { notificationId }) {
    await archiveNotification(deps, "ada", notificationId, true);
    await archiveNotification(deps, "ada", notificationId, false);
  },
  async deleteNotification(deps, { notificationId }) {
    await deleteNotification(deps, "ada", notificationId);
  },
  async "deleteNotification back"(deps, { notificationId }) {
    await deleteNotification(deps, "ada", notificationId);
    await restoreNotification(deps, "ada", notificationId);
  },
  async markNotificationSeen(deps, { notificationId }) {
    await markNotificationSeen(deps, "ada", notificationId);
  },
  async markAllNotificationsSeen(deps) {
    await markAllNotificationsSeen(deps, "ada");
  },
  async snoozeNotification(deps, { notificationId }) {
    const until = deps.now() + DAY;
    await snoozeNotification(deps, "ada", notificationId, until);
  },
  async "snoozeNotification back"(deps, { notificationId }) {
    const until = deps.now() + DAY;
    await snoozeNotification(deps, "ada", notificationId, until);
    await snoozeNotification(deps, "ada", notificationId, null);
  },
  async wakeNotification(deps, { notificationId }) {
    const until = deps.now() + DAY;
    await snoozeNotification(deps, "ada", notificationId, until);
    deps.clock.advance(DAY);
    await deps.queue.drain(5_000);
  },
  async expireDue(deps) {
    const expiresAt = deps.now() + DAY;
    await sendNotification(deps, {
      userId: "ada",
      type: "guild_invite",
      data: { ...invite.data, expiresAt },
    });
    deps.clock.advance(DAY);
    await deps.queue.drain(5_000);
  },
  async announce(deps) {
    await announce(deps, admin, { title: "News", body: "There is some" });
    return ["ada", "bob", "carl"];
  },
};
