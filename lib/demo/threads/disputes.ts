import type { Thread } from "./types.ts";

/** What the parties say in the room of a dispute. */
export const DISPUTES: Record<string, Thread> = {
  "demo-dispute-kiosk": [
    ["diego", "These are last season's prices. What are we looking at?"],
    ["owner", "At a cache, I think. Give me ten minutes."],
    [
      "owner",
      "Yes. The hall's proxy kept an old copy. The address in the evidence goes around it.",
    ],
    ["diego", "I see it. My mistake, I should have asked first. Withdrawn."],
    [
      "owner",
      "No harm done. We will set the headers so that it cannot happen.",
    ],
  ],
  "demo-dispute-icons": [
    [
      "chloe",
      "I would like to settle this between us. The second sheet has both breads.",
    ],
    [
      "outsider",
      "The second sheet came after the review. My printer had a date.",
    ],
    ["chloe", "The brief had no date, and no word about rye and spelt."],
    [
      "outsider",
      "It says “what is in it”. I do not know how to say that more plainly.",
    ],
    ["chloe", "Then others should say what it means. No hard feelings."],
    ["outsider", "None. I like the croissant very much."],
  ],
};
