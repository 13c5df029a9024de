import type { BountyCategory } from "../bounties/mod.ts";
import { DAY, HOUR } from "../clock.ts";

/** A bounty of the demo world; times are milliseconds before the seed's day. */
export interface CastBounty {
  /** Behind `demo-bounty-`. */
  name: string;
  title: string;
  description: string;
  category: BountyCategory;
  skills: string[];
  reward: number;
  /** Behind `demo_`. */
  client: string;
  /** Days after the seed's day; negative: it has passed. */
  deadline?: number;
  made: number;
  deeds: CastDeed[];
}

export type CastDeed =
  | [age: number, "open"]
  | [age: number, "match", guildId: string, score: number, ...reasons: string[]]
  | [age: number, "accept", guildId: string, worker: string]
  | [age: number, "submit", note: string, url?: string]
  | [age: number, "approve" | "reject", rating: number, note: string]
  | [age: number, "askChanges", note: string]
  | [age: number, "cancel", note: string]
  | [age: number, "expire"]
  | [age: number, "dispute", dispute: string, raiser: string]
  | [age: number, "release"];

const LANTERN = "demo-guild";
const NORTHWIND = "northwind-audit";
const CANVAS = "open-canvas";

export const WORK: CastBounty[] = [
  {
    name: "kiosk",
    title: "Kiosk mode for the ticket shop",
    description:
      "Our ticket shop runs on a touch screen in the harbour hall. It needs a mode without links that lead away, with a reset after a minute of silence, and type that can be read at arm's length.\n\nFinished when a stranger can buy a return ticket without asking anybody, three times out of three.",
    category: "engineering",
    skills: ["preact", "css", "accessibility"],
    reward: 1_850,
    client: "diego",
    made: 24 * DAY,
    deeds: [
      [24 * DAY - HOUR, "open"],
      [
        24 * DAY - 2 * HOUR,
        "match",
        LANTERN,
        0.91,
        "Four people of Lantern Works know Preact and accessibility.",
        "They completed two ticket shops in spring.",
      ],
      [23 * DAY, "accept", LANTERN, "owner"],
      [
        9 * DAY,
        "submit",
        "All screens, with the reset. The hall's contrast is tested at noon.",
        "https://example.org/kiosk/preview",
      ],
      [8 * DAY, "dispute", "demo-dispute-kiosk", "diego"],
      [7 * DAY, "release"],
      [
        6 * DAY + 4 * HOUR,
        "askChanges",
        "The reset comes while one is still counting coins. Two minutes, please.",
      ],
      [
        5 * DAY + 3 * HOUR,
        "submit",
        "Two minutes, with a warning after one and a half.",
        "https://example.org/kiosk/preview",
      ],
      [
        5 * DAY + HOUR,
        "approve",
        5,
        "Bought a ticket with gloves on. Thank you.",
      ],
    ],
  },
  {
    name: "archive",
    title: "Archive of past departures",
    description:
      "We have eleven years of departures in 4,000 CSV files with three different ideas of what a column is. Put them into one table that can be asked “how often was the 17:40 late in November”.\n\nThe import must be repeatable; personal data in the remarks has to go.",
    category: "data",
    skills: ["python", "sql", "data pipelines"],
    reward: 2_400,
    client: "owner",
    deadline: 9,
    made: 5 * DAY,
    deeds: [
      [5 * DAY - HOUR, "open"],
      [
        5 * DAY - 2 * HOUR,
        "match",
        NORTHWIND,
        0.74,
        "Two people of Northwind Audit write Python every day.",
      ],
      [3 * DAY, "accept", NORTHWIND, "nora"],
      [
        2 * HOUR,
        "submit",
        "One table, 31 million rows, import in four minutes. The remarks are hashed; a list of what was dropped is in the report.",
        "https://example.org/archive/report",
      ],
    ],
  },
  {
    name: "glossary",
    title: "Glossary for the wallet app",
    description:
      "120 terms of our wallet app in English, German and Japanese, so that “key”, “phrase” and “seed” are never mixed up again. With one sentence of explanation each, for people who have never held a wallet.",
    category: "writing",
    skills: ["localisation", "translation", "editing"],
    reward: 900,
    client: "ravi",
    deadline: 21,
    made: 28 * HOUR,
    deeds: [
      [27 * HOUR, "open"],
      [
        26 * HOUR,
        "match",
        LANTERN,
        0.82,
        "Three people of Lantern Works know localisation.",
        "They wrote the glossary of the ferry app.",
      ],
    ],
  },
  {
    name: "icons",
    title: "Icon set for a bakery",
    description:
      "Twenty-four icons for the shelves of our bakery: what is in it, what is not, what it goes with. They have to read at 16 mm from behind a queue.",
    category: "design",
    skills: ["icons", "svg", "illustration"],
    reward: 640,
    client: "outsider",
    made: 22 * DAY,
    deeds: [
      [22 * DAY - HOUR, "open"],
      [21 * DAY, "accept", CANVAS, "chloe"],
      [
        11 * DAY,
        "submit",
        "All 24, in two weights, with a sheet for printing.",
        "https://example.org/bakery/sheet",
      ],
      [
        10 * DAY,
        "reject",
        2,
        "They are lovely, and they are not what we asked for: rye and spelt look the same.",
      ],
      [9 * DAY + 6 * HOUR, "dispute", "demo-dispute-icons", "chloe"],
    ],
  },
  {
    name: "screenreader",
    title: "Screen reader pass over the booking flow",
    description:
      "Our booking flow passes the automatic checks and is still a maze when one cannot see it. Go through it with NVDA and VoiceOver, write down what hurts, and fix the five worst.",
    category: "engineering",
    skills: ["accessibility", "preact", "testing"],
    reward: 1_200,
    client: "omar",
    deadline: 16,
    made: 2 * DAY,
    deeds: [
      [2 * DAY - HOUR, "open"],
      [
        2 * DAY - 2 * HOUR,
        "match",
        LANTERN,
        0.88,
        "Jonas Lindqvist and two others of Lantern Works know accessibility.",
        "Their last three interfaces were rated 5 of 5.",
      ],
    ],
  },
  {
    name: "ridership",
    title: "Ridership dashboard that a mayor understands",
    description:
      "Three lines, twelve stops, two years of counts. One page that shows where people wait too long, with the numbers behind it, readable on a projector.",
    category: "data",
    skills: ["dashboards", "sql", "data pipelines"],
    reward: 1_650,
    client: "leila",
    deadline: 30,
    made: 30 * HOUR,
    deeds: [[29 * HOUR, "open"]],
  },
  {
    name: "threats",
    title: "Threat model for a village bank's app",
    description:
      "A small bank wants to know what could go wrong before it does. Two workshops, one document of at most ten pages, and a list of what to do first.",
    category: "security",
    skills: ["threat modelling", "security review", "report writing"],
    reward: 3_200,
    client: "owner",
    deadline: 40,
    made: 3 * DAY,
    deeds: [
      [3 * DAY - HOUR, "open"],
      [
        3 * DAY - 2 * HOUR,
        "match",
        NORTHWIND,
        0.95,
        "Threat modelling and security reviews are what Northwind Audit does.",
        "Every review of theirs in the last year was accepted.",
      ],
    ],
  },
  {
    name: "welcome",
    title: "Welcome letters for new neighbours",
    description:
      "Four short letters for people who have just moved here: bins, buses, library, whom to call. Warm, plain, and in three languages.",
    category: "writing",
    skills: ["editing", "translation", "community"],
    reward: 320,
    client: "member",
    made: 9 * HOUR,
    deeds: [[8 * HOUR, "open"]],
  },
  {
    name: "posters",
    title: "Timetable posters for the winter season",
    description:
      "The printable timetables, in A2 and A4, for twelve stops. I still have to find out who prints them.",
    category: "design",
    skills: ["branding", "illustration"],
    reward: 480,
    client: "owner",
    made: 7 * HOUR,
    deeds: [],
  },
  {
    name: "typeface",
    title: "Typeface for the departure board",
    description:
      "A small set of figures and capitals for a dot matrix of 5 × 9 that tells 1 from 7 in the rain. Files for the board's controller and a specimen.",
    category: "design",
    skills: ["branding", "svg"],
    reward: 1_100,
    client: "omar",
    deadline: 6,
    made: 14 * DAY,
    deeds: [
      [14 * DAY - HOUR, "open"],
      [13 * DAY, "accept", CANVAS, "hanna"],
    ],
  },
  {
    name: "paging",
    title: "Lists that load as one scrolls",
    description:
      "The list of departures loads everything at once and stutters on old phones. Load it in pages, keep the position when one comes back, and do not break the back button.",
    category: "engineering",
    skills: ["preact", "typescript", "testing"],
    reward: 620,
    client: "nora",
    made: 19 * DAY,
    deeds: [
      [19 * DAY - HOUR, "open"],
      [18 * DAY, "accept", LANTERN, "member"],
      [
        6 * DAY,
        "submit",
        "Pages of 50, restored from the address. Measured on a phone of 2019.",
      ],
      [5 * DAY, "approve", 5, "Smooth. Even on mine."],
    ],
  },
  {
    name: "interviews",
    title: "Eight interviews with people who stopped taking the bus",
    description:
      "Find eight people who used to take line 4 and now do not, talk with each for half an hour, and tell us what they say in their own words.",
    category: "research",
    skills: ["interviews", "user research"],
    reward: 960,
    client: "yuki",
    made: 40 * DAY,
    deeds: [
      [40 * DAY - HOUR, "open"],
      [39 * DAY, "accept", LANTERN, "ines"],
      [26 * DAY, "submit", "Eight conversations, a summary of four pages."],
      [25 * DAY, "approve", 4, "Honest and a little painful."],
    ],
  },
  {
    name: "fuzz",
    title: "Fuzz the ticket parser for a weekend",
    description:
      "Our parser reads tickets from four countries. Let something unfriendly loose on it for two days and tell us what broke, with the smallest input for each.",
    category: "security",
    skills: ["fuzzing", "rust"],
    reward: 780,
    client: "kofi",
    made: 33 * DAY,
    deeds: [
      [33 * DAY - HOUR, "open"],
      [32 * DAY, "accept", NORTHWIND, "diego"],
      [29 * DAY, "submit", "Three panics and one endless loop, minimised."],
      [28 * DAY, "approve", 5, "The endless loop was ours for six years."],
    ],
  },
  {
    name: "landing",
    title: "Words for the landing page",
    description:
      "Two hundred words that say what we do without the word “solution”.",
    category: "writing",
    skills: ["editing"],
    reward: 240,
    client: "diego",
    made: 45 * DAY,
    deeds: [
      [45 * DAY - HOUR, "open"],
      [44 * DAY, "accept", CANVAS, "hanna"],
      [41 * DAY, "submit", "Two hundred and six, and I am sorry."],
      [40 * DAY, "reject", 2, "It says “solution” twice."],
    ],
  },
  {
    name: "stickers",
    title: "Stickers for the open day",
    description: "A sheet of six stickers, any mood but corporate.",
    category: "design",
    skills: ["illustration"],
    reward: 180,
    client: "tomas",
    made: 12 * DAY,
    deeds: [
      [12 * DAY - HOUR, "open"],
      [
        10 * DAY,
        "cancel",
        "The open day moved to spring. We will ask again then.",
      ],
    ],
  },
  {
    name: "minutes",
    title: "Minutes of the assembly in plain language",
    description:
      "Forty pages of minutes, in four that one reads to the end. Before the next assembly, or it is of no use.",
    category: "community",
    skills: ["editing", "community"],
    reward: 150,
    client: "owner",
    deadline: -4,
    made: 20 * DAY,
    deeds: [
      [20 * DAY - HOUR, "open"],
      [4 * DAY, "expire"],
    ],
  },
];
