import type { Thread } from "./types.ts";

/** Direct conversations, by the two people in them (ids without `demo_`). */
export const DIRECT: {
  people: readonly [string, string];
  threads: Thread[];
}[] = [
  {
    people: ["owner", "member"],
    threads: [
      [
        [
          "owner",
          'Jonas, the client wrote: the timetable is "the first one my mother can use". I thought you should hear it first.',
        ],
        ["member", "I read that three times. Thank you for passing it on."],
        ["owner", "Would you like to lead the next one?"],
        ["member", "Yes. A bit scared, but yes."],
        [
          "owner",
          "Good, that is the right mixture. Let us talk on Thursday after the retro.",
        ],
      ],
      [
        [
          "member",
          "I put the estimate for the ticket archive into the board. Six days, with a reason for each.",
        ],
        [
          "owner",
          "I would have said five, and you would have been right with six. Go ahead.",
        ],
      ],
    ],
  },
  {
    people: ["owner", "ines"],
    threads: [
      [
        [
          "ines",
          "I would like to hand the token reviews to Jonas. He sees contrast problems before I do.",
        ],
        ["owner", "Fine with me, if you tell him in those words."],
        ["ines", "I will. He blushes, it is worth it."],
      ],
    ],
  },
  {
    people: ["member", "aiko"],
    threads: [
      [
        [
          "member",
          "Could the *late* icon have a second state? Fifteen minutes and two hours look the same now.",
        ],
        ["aiko", "The hands of the clock could droop"],
        ["member", "…yes. Exactly that."],
        [
          "aiko",
          "Done, `clock-late` and `clock-very-late`. The second one sighs.",
        ],
      ],
    ],
  },
  {
    people: ["admin", "owner"],
    threads: [
      [
        [
          "admin",
          "Hello Mara, a short heads-up: the dispute about the kiosk bounty goes to a tribunal this week. Nothing for you to do.",
        ],
        [
          "owner",
          "Thank you for telling me before it shows up somewhere. Do you need our messages from that time?",
        ],
        [
          "admin",
          "Only if a juror asks. Then you will get a request with a list.",
        ],
      ],
    ],
  },
  {
    people: ["outsider", "hanna"],
    threads: [
      [
        [
          "outsider",
          "Hi Hanna! I saw the open table on Saturday. May someone without a guild come along?",
        ],
        [
          "hanna",
          "Those are our favourite guests. Bring something half finished.",
        ],
        ["outsider", "I have a dashboard with eleven pie charts."],
        ["hanna", "Oh dear. Perfect."],
      ],
    ],
  },
  {
    people: ["member", "tomas"],
    threads: [
      [
        ["tomas", "Your filter does 60 requests when I hold the arrow key."],
        ["member", "Debounced it, 150 ms, and the last one wins."],
        ["tomas", "Confirmed, three requests. The server says hello."],
      ],
    ],
  },
];
