import { enAdmin } from "./en_admin.ts";
import { enBar } from "./en_bar.ts";
import { enBounties } from "./en_bounties.ts";
import { enDispute } from "./en_dispute.ts";
import { enDisputes } from "./en_disputes.ts";
import { enGuilds } from "./en_guilds.ts";
import { enCall } from "./en_call.ts";
import { enRing } from "./en_ring.ts";
import { enChat } from "./en_chat.ts";
import { enInbox } from "./en_inbox.ts";
import { enInsights } from "./en_insights.ts";
import { enLive } from "./en_live.ts";
import { enOversight } from "./en_oversight.ts";
import { enRuns } from "./en_runs.ts";
import { enNotify } from "./en_notify.ts";
import { enPush } from "./en_push.ts";
import { enPeople } from "./en_people.ts";
import { enOffice } from "./en_office.ts";
import { enRoom } from "./en_room.ts";
import { enRail } from "./en_rail.ts";
import { enSwitcher } from "./en_switcher.ts";
import type { Catalogue } from "./translate.ts";

/** Every text of the interface in English. A language is another object of this shape. */
export const en = {
  ...enLive,
  ...enInbox,
  ...enChat,
  ...enBar,
  ...enCall,
  ...enRing,
  ...enRoom,
  ...enOffice,
  ...enRail,
  ...enSwitcher,
  ...enAdmin,
  ...enOversight,
  ...enRuns,
  ...enBounties,
  ...enInsights,
  ...enNotify,
  ...enPush,
  ...enDispute,
  ...enDisputes,
  ...enGuilds,
  ...enPeople,

  "search.messages": "Search messages",
  "search.messagesLabel": "Words, from:, in:, has:, before:, after:",
  "search.filters":
    "from: a handle or me. in: a room or handle. has: link, image, file or code. before: and after: a day, as 2026-11-25.",
  "search.elsewhere": "People, guilds and bounties",
  "search.messagesNone": "No message found",
  "search.messagesNoneBody": "Try fewer words, or take a filter away.",
  "search.older": "Older messages",
  "theme.label": "Colour theme",
  "theme.system": "System",
  "theme.light": "Light",
  "theme.dark": "Dark",

  "app.name": "Nexora",
  "app.skip": "Skip to content",
  "app.description":
    "Nexora is where guilds find bounties, work on them together and settle disputes.",

  "nav.label": "Main",
  "nav.home": "Home",
  "nav.guilds": "Guilds",
  "nav.threads": "Threads",
  "nav.messages": "Messages",
  "nav.notifications": "Notifications",
  "nav.more": "More",
  "nav.you": "You",
  "nav.status": "Set a status",
  "nav.yourGuilds": "Your guilds",
  "nav.direct": "Direct messages",
  "nav.noGuilds": "You are in no guild yet.",
  "nav.noDirect": "Write to somebody from their profile.",
  "nav.browseGuilds": "Browse guilds",
  "nav.newMessage": "All direct messages",
  "nav.account": "Account",
  "nav.profile": "Profile",
  "nav.settings": "Settings",
  "nav.signOut": "Sign out",
  "nav.signIn": "Sign in",
  "nav.signUp": "Create account",

  "landing.title": "Guilds do better work together",
  "landing.lead":
    "Nexora is where guilds find bounties, work on them together and settle what goes wrong. One place for the talk, the work and the trust that comes of it.",
  "landing.start": "Create your account",
  "landing.feature1.title": "Live, and never lost",
  "landing.feature1.body":
    "Messages arrive while they are being thought about, in the same order for everyone. Close the lid in a tunnel: what you missed comes back, what you wrote goes out.",
  "landing.feature2.title": "Told once, at the right time",
  "landing.feature2.body":
    "Notifications that agree on every device. Read it in one tab and it is read in all of them.",
  "landing.feature3.title": "Trust you can check",
  "landing.feature3.body":
    "Rank and trust follow from finished work and settled disputes, not from noise.",
  "landing.demo": "Have a look around",
  "landing.demoLead":
    "This is a demo world. Step into anybody's shoes with one click.",
  "landing.previewLabel": "How a guild looks in Nexora",
  "landing.preview.m1":
    "The harbour survey is matched with us. 2,400 for the mapping, two weeks.",
  "landing.preview.m2":
    "I can take the bathymetry. Did the same for the canal in spring.",
  "landing.preview.m3": "Then I do the tiles. Same split as last time?",
  "landing.preview.m4": "Same split. Accepting it now.",

  "signIn.title": "Welcome back",
  "signIn.lead": "Sign in to your guilds.",
  "signIn.email": "E-mail",
  "signIn.password": "Password",
  "signIn.submit": "Sign in",
  "signIn.none": "No account yet?",
  "signIn.or": "or as a demo user",
  "signIn.demoAs": "Sign in as",
  "signIn.next": "Sign in first, then we take you there.",

  "signUp.title": "Create your account",
  "signUp.lead": "It takes a minute. No card, no tour.",
  "signUp.name": "Name",
  "signUp.handle": "Handle",
  "signUp.handleHint": "2–32 of a–z, 0–9 and dashes. Others find you by it.",
  "signUp.password": "Password",
  "signUp.passwordHint": "At least 8 characters.",
  "signUp.submit": "Create account",
  "signUp.have": "Have an account already?",

  "home.title": "Home",
  "home.morning": "Good morning, {name}",
  "home.afternoon": "Good afternoon, {name}",
  "home.evening": "Good evening, {name}",
  "home.caughtUp": "You are all caught up.",
  "home.waiting": {
    one: "{count} notification is waiting for you.",
    other: "{count} notifications are waiting for you.",
  },
  "home.guilds": "Your guilds",
  "home.noGuilds": "You are in no guild yet",
  "home.noGuildsBody":
    "A guild is where you talk, find work and share what it pays.",
  "home.findGuild": "Find a guild",
  "home.recent": "Recent conversations",
  "home.noRecent": "No conversations yet",
  "home.noRecentBody": "Open somebody's profile to write to them.",
  "home.unread": "Unread notifications",
  "home.seeAll": "See all",

  "guilds.title": "Guilds",
  "guilds.lead": "Find the people you want to work with.",
  "guilds.yours": "Your guilds",
  "guilds.others": "Open to join",
  "guilds.none": "You are in every guild there is",
  "guilds.noneBody": "Found another one, or invite people to yours.",
  "guilds.new": "New guild",
  "guilds.join": "Join",
  "guilds.joinNamed": "Join {name}",
  "guilds.joined": "You joined {name}",
  "guilds.left": "You left the guild",
  "guilds.leave": "Leave guild",
  "guilds.members": { one: "{count} member", other: "{count} members" },
  "guilds.founded": "Founded {date}",
  "guilds.byApplication": "By application",
  "guilds.youAre": "You are {role} here",
  "guild.chat": "Chat",
  "guild.about": "About",
  "guild.start": "This is where {name} begins",
  "guild.refusedTitle": "Members only",
  "guild.refusedBody":
    "{name} talks among its members. Join it to read along and write.",
  "guild.closedBody":
    "{name} talks among its members. One joins it by application or invitation.",
  "guild.showMembers": "Show members",
  "guild.more": "Guild menu",

  "newGuild.title": "New guild",
  "newGuild.lead": "Name it, say what it is for. You will be its owner.",
  "newGuild.name": "Name",
  "newGuild.about": "What is it about?",
  "newGuild.submit": "Found guild",
  "newGuild.cancel": "Cancel",

  "threads.title": "Threads",
  "threads.none": "You follow no thread yet",
  "threads.noneBody":
    "Threads that you begin, answer or are named in appear here.",
  "messages.title": "Direct messages",
  "messages.none": "No direct messages yet",
  "messages.noneBody": "Pick somebody to write to.",
  "messages.people": "People you may know",
  "messages.to": "Write to",
  "messages.start": "This is between you and {name}",
  "messages.you": "You: {text}",

  "notifications.title": "Notifications",
  "notifications.older": "Older",
  "notifications.newest": "Newest",

  "person.message": "Message",
  "person.edit": "Edit profile",
  "person.trust": "Trust",
  "person.rank": "Rank",
  "person.since": "Joined",
  "person.guilds": "Guilds",
  "person.skills": "Skills",
  "person.noGuilds": "In no guild yet",
  "person.about": "About",

  "settings.title": "Settings",
  "settings.profile": "Profile",
  "settings.profileLead": "What others see of you.",
  "settings.view": "View profile",
  "settings.name": "Name",
  "settings.bio": "About you",
  "settings.skills": "Skills",
  "settings.skillsHint": "Separated by commas.",
  "settings.timeZone": "Time zone",
  "settings.save": "Save",
  "settings.saved": "Saved.",
  "settings.look": "Appearance",
  "settings.lookLead": "Follows your system unless you choose.",
  "settings.sessions": "Where you are signed in",
  "settings.sessionsLead": "End a session that you do not know.",
  "settings.thisSession": "This browser",
  "settings.otherSession": "Another browser",
  "settings.signedIn": "Signed in",
  "settings.revoke": "Sign out",
  "settings.revoked": "That session is over.",
  "settings.signOutLead": "End this session.",

  "error.404.title": "There is nothing here",
  "error.404.body": "The page does not exist, or you may not see it.",
  "error.403.title": "You may not see this",
  "error.403.body": "Ask somebody who may to let you in.",
  "error.500.title": "That went wrong on our side",
  "error.500.body": "It has been written down. Try again in a moment.",
  "error.503.title": "Back in a moment",
  "error.503.body": "The store does not answer right now. Nothing is lost.",
  "error.home": "Go home",
  "error.back": "Try again",
  "error.form": "That did not work",
} as const satisfies Catalogue;
