import type { BountyCategory } from "../../bounties/mod.ts";

/** What somebody does, and what is asked of people who do it. */
export interface Craft {
  category: BountyCategory;
  skills: string[];
  /** Ends of a sentence about a person. */
  about: string[];
  /** What a guild of it says of itself. */
  guild: string;
  /** Titles with `{place}`, what has to be done, and when it is finished. */
  tasks: [title: string, task: string, done: string][];
}

export const CRAFTS: Craft[] = [
  {
    category: "engineering",
    skills: [
      "typescript",
      "deno",
      "preact",
      "css",
      "accessibility",
      "postgres",
      "rust",
      "testing",
      "go",
      "observability",
    ],
    about: [
      "builds interfaces that survive bad networks",
      "removes more code than they add",
      "writes services that nobody has to wake up for",
      "likes small functions and long tests",
    ],
    guild:
      "We build web products that load fast and explain themselves. Reviews within a day.",
    tasks: [
      [
        "Offline timetable for {place}",
        "People look at it where there is no network. It has to show the next departures at once and say how old they are.",
        "It works in flight mode on a five-year-old phone.",
      ],
      [
        "Booking form without dead ends for {place}",
        "The present form loses everything when one goes back. Keep what was typed, say what is wrong beside the field, and let people pause.",
        "Five strangers book without help.",
      ],
      [
        "Faster search for {place}",
        "Searching 40,000 entries takes four seconds. It should answer while one types, and forgive a typo.",
        "Under 100 ms for the slowest tenth of queries.",
      ],
      [
        "Sign-in that forgives for {place}",
        "Half of the support mail is about passwords. We want passkeys, a link by e-mail, and no account lost on the way.",
        "Everybody who could sign in before still can.",
      ],
      [
        "Import of the old database of {place}",
        "Fifteen years of records in a program that no longer starts. Read its files, keep the dates right, write down what could not be kept.",
        "The import can be run again and says the same.",
      ],
      [
        "Keyboard pass over the app of {place}",
        "Everything should be reachable without a mouse, with the focus visible and in an order that makes sense.",
        "A blind tester gets through the three main paths.",
      ],
      [
        "Load test for the ticket day of {place}",
        "Once a year everybody comes at the same minute. Find out what breaks first and what to do about it.",
        "A report with numbers, and the cheapest fix done.",
      ],
    ],
  },
  {
    category: "design",
    skills: [
      "figma",
      "branding",
      "icons",
      "illustration",
      "typography",
      "motion",
      "design systems",
      "svg",
      "print",
    ],
    about: [
      "draws first and talks later",
      "cares about the space between things",
      "makes type that can be read in the rain",
      "turns eleven buttons into two",
    ],
    guild:
      "Design with a reason for every line: identities, interfaces, things that are printed.",
    tasks: [
      [
        "Signs that lead through {place}",
        "People get lost between the entrance and the counter. Six signs, in words and pictures, that work from ten metres.",
        "A child finds the way with them.",
      ],
      [
        "A mark for {place}",
        "Ours was drawn in a hurry in 1998. It has to work at 16 pixels and on a van, in one colour.",
        "Files for print and screen, and one page on how to use it.",
      ],
      [
        "Icon set for {place}",
        "Two dozen icons that belong together and are told apart at a glance.",
        "Readable at 16 pixels in both themes.",
      ],
      [
        "Poster series for {place}",
        "Four posters for four seasons. Warm, few words, no stock pictures.",
        "Ready for a printer who asks no questions.",
      ],
      [
        "Calmer dashboard for {place}",
        "It shows everything at once. Decide with us what matters at eight in the morning and what can wait.",
        "Prototype that we can click through with the staff.",
      ],
      [
        "Annual report of {place} as a thing one keeps",
        "Forty pages of numbers and some stories. It should be read to the end and stay on the shelf.",
        "Print files and a version for the web.",
      ],
    ],
  },
  {
    category: "writing",
    skills: [
      "editing",
      "documentation",
      "translation",
      "localisation",
      "proofreading",
      "copywriting",
      "plain language",
    ],
    about: [
      "makes long sentences shorter",
      "writes manuals that people finish",
      "translates jokes, when there is no other way",
      "asks what it is about until there is an answer",
    ],
    guild:
      "Words for things that matter: manuals, letters, translations, and the courage to cut.",
    tasks: [
      [
        "Plain words for the rules of {place}",
        "Nine pages that nobody reads. Two that everybody understands, without changing what they mean.",
        "A lawyer and a twelve-year-old both agree with it.",
      ],
      [
        "Handbook for the volunteers of {place}",
        "What one needs to know on the first evening, in the order in which one needs it.",
        "A new volunteer manages an evening alone with it.",
      ],
      [
        "Three languages for {place}",
        "Our letters in the languages of our neighbours. We have the originals and somebody who can answer questions.",
        "Read by two native speakers each.",
      ],
      [
        "Words for the website of {place}",
        "Twelve pages, 200 words each, in one voice. We talk, you write.",
        "Nobody says “solution”.",
      ],
      [
        "Interview book about {place}",
        "Eight conversations are recorded. Make them texts that keep the way people talk.",
        "Each of the eight has said yes to theirs.",
      ],
    ],
  },
  {
    category: "research",
    skills: [
      "user research",
      "interviews",
      "surveys",
      "statistics",
      "desk research",
      "usability testing",
    ],
    about: [
      "listens for a living",
      "counts before having an opinion",
      "asks the second question",
      "knows what a small sample cannot say",
    ],
    guild:
      "We find out before you build: interviews, surveys, tests with people who are in a hurry.",
    tasks: [
      [
        "Why people leave {place}",
        "Numbers fall and nobody knows why. Talk with eight who left and tell us in their words.",
        "Four pages, with quotes, and what you would try first.",
      ],
      [
        "Survey of the neighbours of {place}",
        "What do they know of us, what do they want? Short enough to be answered standing.",
        "At least 150 answers and the raw data.",
      ],
      [
        "Usability test of the kiosk of {place}",
        "Watch ten people buy something, say nothing, and write down where they hesitate.",
        "A list of the five worst, with clips.",
      ],
      [
        "What others do instead of {place}",
        "Twelve comparable places in other cities: what they offer, what it costs, what we should copy.",
        "A table with sources that open.",
      ],
    ],
  },
  {
    category: "data",
    skills: [
      "python",
      "sql",
      "dashboards",
      "data pipelines",
      "maps",
      "machine learning",
      "spreadsheets",
    ],
    about: [
      "cleans tables until they tell the truth",
      "draws maps of things that have no map",
      "prefers a median to a promise",
      "keeps pipelines boring",
    ],
    guild:
      "Data for people who have to decide tomorrow: pipelines, maps, and charts without decoration.",
    tasks: [
      [
        "One table out of the files of {place}",
        "Eleven years, 4,000 files, three ideas of what a column is. One table, a repeatable import, and a list of what was dropped.",
        "The old questions get the old answers.",
      ],
      [
        "Dashboard for the board of {place}",
        "Five numbers a month, with last year beside them and a sentence each.",
        "It can be read on a projector from the last row.",
      ],
      [
        "Map of who is reached by {place}",
        "Where do people come from, and where does nobody come from? From addresses that must not be shown.",
        "No dot stands for fewer than ten people.",
      ],
      [
        "Forecast for the busy days of {place}",
        "We have three years of counts and the weather. Tell us a week ahead how many will come, and how sure you are.",
        "Better than “as last year” on the last six months.",
      ],
      [
        "Clean address list for {place}",
        "9,000 addresses, a third of them twice. Merge what is the same, ask where it is not certain.",
        "No letter goes to one person twice.",
      ],
    ],
  },
  {
    category: "security",
    skills: [
      "security review",
      "threat modelling",
      "penetration testing",
      "fuzzing",
      "cryptography",
      "compliance",
      "incident response",
    ],
    about: [
      "reads other people's parsers at night",
      "has never trusted a length field",
      "finds it before somebody else does",
      "writes findings that get fixed",
    ],
    guild:
      "Security reviews in plain words. Two pairs of eyes on every finding.",
    tasks: [
      [
        "Threat model for {place}",
        "What could go wrong, for whom, and what to do first. Two workshops and ten pages at most.",
        "The three cheapest measures are done by the end.",
      ],
      [
        "Review of the payment code of {place}",
        "4,000 lines that move money. Read them, try to break them, tell us in order of harm.",
        "Every finding has a way to reproduce it.",
      ],
      [
        "Fuzz the importer of {place}",
        "It reads files from strangers. Let something unfriendly loose on it for a weekend.",
        "The smallest input for each crash.",
      ],
      [
        "Rehearsal of a bad day at {place}",
        "The server is gone and it is Friday. Play it through with us and write down what was missing.",
        "A checklist on one page that hangs in the office.",
      ],
    ],
  },
  {
    category: "community",
    skills: [
      "moderation",
      "facilitation",
      "events",
      "onboarding",
      "mediation",
      "newsletter",
      "community",
    ],
    about: [
      "remembers names and what people said last time",
      "keeps a room warm and a discussion short",
      "has settled more quarrels than they started",
      "brings the right two people together",
    ],
    guild:
      "We bring people into a room and out of it again with something in their hands.",
    tasks: [
      [
        "Opening evening for {place}",
        "Eighty people who do not know each other. They should leave with one name they did not have before.",
        "A plan, the evening itself, and what we learned.",
      ],
      [
        "Rules for the forum of {place}",
        "Short, kind, and clear enough to point at. With somebody in charge of each.",
        "Agreed by those who write there most.",
      ],
      [
        "Newsletter of {place} for half a year",
        "Six issues, one screen each, that people open. We have the stories, you find them in us.",
        "More open the sixth than the first.",
      ],
      [
        "Welcome for new members of {place}",
        "The first month decides who stays. A letter, a call, a task that fits.",
        "Tried with ten newcomers.",
      ],
    ],
  },
];
