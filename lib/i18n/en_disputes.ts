import type { Catalogue } from "./translate.ts";

/** The texts of the pages about disputes. */
export const enDisputes = {
  "disputes.title": "Disputes",
  "disputes.lead": "Disagreements about bounties, and the tribunals on them.",
  "disputes.lists": "Which disputes",
  "disputes.list.mine": "Yours",
  "disputes.list.jury": "To judge",
  "disputes.list.guild": "Your guild's",
  "disputes.list.all": "All",
  "disputes.states": "In which state",
  "disputes.state.any": "Any state",
  "disputes.filter": "Show",
  "disputes.versus": "{raiser} and {accused}",
  "disputes.youJudge": "Your vote is needed",
  "disputes.youVoted": "You have voted",
  "disputes.ends": "Voting ends",
  "disputes.older": "Older",
  "disputes.newest": "Newest",
  "disputes.none.mine": "You are in no dispute",
  "disputes.none.mineBody":
    "When a client and a worker do not agree about a bounty, either can raise a dispute on its page.",
  "disputes.none.jury": "You are on no tribunal",
  "disputes.none.juryBody":
    "Jurors are drawn by lot among people whom others trust and who have no stake. We tell you when it is you.",
  "disputes.none.guild": "Nobody disputes your guild's work",
  "disputes.none.guildBody": "May it stay like this.",
  "disputes.none.all": "There are no disputes",
  "disputes.none.allBody": "Nothing is in this state.",
  "disputes.place": "this dispute",
  "disputes.showPane": "Show what it is about",
  "disputes.start": "This is where the dispute is talked over",
  "disputes.startBody":
    "The parties and the jurors read and write here. What is said stays.",
  "disputes.closed": "This dispute is over. What was said here stays.",
  "disputes.watching": "You can read along. The parties and jurors write here.",

  "dispute.raise.title": "Raise a dispute",
  "dispute.raise.lead":
    "Work on this bounty stops until it is settled. Talk it over first if you can: whoever is found against loses 40 points of trust.",
  "dispute.raise.against": "Against {name}",
  "dispute.raise.about": "About",
  "dispute.raise.reason": "What went wrong?",
  "dispute.raise.hint":
    "20 to 2,000 characters. The other side, their guild and the jurors read it.",
  "dispute.raise.submit": "Raise dispute",
  "dispute.raise.cancel": "Back to the bounty",
  "dispute.raise.steps": "What happens then",
  "dispute.raise.step1":
    "The two of you have a room of your own, for evidence and talk, and two days to settle it.",
  "dispute.raise.step2":
    "Then either can call a tribunal: up to five people without a stake, drawn by lot, who vote within three days.",
  "dispute.raise.step3":
    "Their verdict settles the bounty: the reward is paid, or nothing is due.",
  "dispute.raised": "The dispute has been raised",
  "dispute.evidenceGiven": "Your evidence is in",
  "dispute.escalated": "The tribunal has been called",
  "dispute.voted": "Your vote counts",
  "dispute.withdrawn": "The dispute has been withdrawn",
  "dispute.decided": "Your decision stands",
} as const satisfies Catalogue;
