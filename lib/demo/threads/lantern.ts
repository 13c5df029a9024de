import type { Thread } from "./types.ts";

/** What was said in Lantern Works, in order. */
export const LANTERN: Thread[] = [
  [
    [
      "owner",
      "Morning all. The harbour authority said yes: timetable and ticket shop, eight weeks, starting now.",
    ],
    ["ines", "🎉 finally"],
    ["tomas", "Good. Do we get their real data or the PDF again?"],
    ["owner", "Real data, an hourly CSV over SFTP. I know, I know."],
    [
      "tomas",
      "I have seen worse. I will write an importer that tells us which line it could not read.",
    ],
    [
      "member",
      "I take the timetable view. Any objection to server rendering it all and adding one small island for the filter?",
    ],
    ["ines", "None. People will open it on a pier with one bar of signal."],
  ],
  [
    [
      "leila",
      "I talked to five ferry passengers yesterday. Notes are in the folder.",
    ],
    [
      "leila",
      "Short version: nobody cares about the map, everybody cares whether *their* boat is late.",
    ],
    ["ines", "So delay first, big, and the map below the fold."],
    [
      "member",
      "That makes the page lighter too. The map library was 140 kB of what we ship.",
    ],
    [
      "owner",
      "Leila, could you turn that into three sentences for the client? They love the map.",
    ],
    ["leila", "On it. I will bring quotes, quotes win."],
  ],
  [
    [
      "kofi",
      "CI is down to 4 minutes from 11. The browser tests were each starting their own Chromium.",
    ],
    ["tomas", "Nice. What did you do?"],
    [
      "kofi",
      "One browser per file, a fresh context per test. Also stopped installing fonts we never use.",
    ],
    ["member", "I owe you a coffee. Several."],
    ["kofi", "I am counting"],
  ],
  [
    [
      "ines",
      "Colour tokens v2 are up: https://example.com/tokens. Please break them.",
    ],
    [
      "member",
      "Contrast of muted text on the raised surface is 4.4:1 in dark. Needs a notch.",
    ],
    ["ines", "Good catch, moved it one step. 4.9 now."],
    [
      "aiko",
      "Could the accent in the icons come from the same token? I draw them with `currentColor` then.",
    ],
    ["ines", "Yes please. Then a dark icon set is no work at all."],
    ["aiko", "Then I throw half my files away. Best day this week."],
  ],
  [
    [
      "tomas",
      "Importer runs. 41,203 rows, 17 refused, all 17 are departures at 24:10.",
    ],
    ["owner", "Is that a mistake?"],
    [
      "tomas",
      "No, that is ten past midnight of the *service* day. Buses do it too. I will support it and add a test with a comment.",
    ],
    [
      "member",
      "Please write the comment for people who are as confused as I am.",
    ],
    [
      "sam",
      'I can turn it into a paragraph for the docs. "The day ends when the last boat is home."',
    ],
    ["tomas", "That is better than what I had."],
  ],
  [
    [
      "member",
      "Question on the ticket form: do we ask for the name before or after the date?",
    ],
    ["leila", "After. People know their date, and then they are committed."],
    ["ines", "Also one column, no accordion. I will die on that hill."],
    ["member", "One column it is 😄"],
  ],
  [
    ["owner", "Demo in ten minutes. Who shows what?"],
    ["member", "Timetable with delays, keyboard only."],
    ["kofi", "The importer's report page."],
    ["aiko", "Four new icons and one seagull"],
    ["ines", "We need the seagull."],
    ["owner", "The client will ask about offline."],
    [
      "tomas",
      "It caches the last timetable and says how old it is. I have it on my phone in the basement right now.",
    ],
  ],
  [
    ["owner", "Demo went well. They want the seagull on the tickets."],
    ["aiko", "I knew it"],
    [
      "chloe",
      "I can animate it for the launch clip. Two seconds, no sound, I promise.",
    ],
    [
      "owner",
      "One thing for next week: they have 600 tickets a minute when the island festival opens. Are we fine?",
    ],
    [
      "tomas",
      "At 600 a minute we are asleep. I will run 600 a *second* and send a table.",
    ],
  ],
  [
    [
      "tomas",
      "Load test: 612 tickets/s on one small box, p99 38 ms. Above that the store is the limit, not us.",
    ],
    ["kofi", "With or without receipts?"],
    [
      "tomas",
      "With. Receipts go through the queue, so they only get later, not lost.",
    ],
    [
      "owner",
      "Could you put that in a form a person from a harbour understands?",
    ],
    [
      "tomas",
      '"The whole island could buy a ticket in the time it takes to read this."',
    ],
    ["owner", "Sold."],
  ],
  [
    [
      "sam",
      "I wrote down what happens when a payment fails half way. Three cases were not handled, I filed them.",
    ],
    [
      "kofi",
      "The second one is real, I can reproduce it. Double click on *Pay*, slow network.",
    ],
    [
      "member",
      "The button disables itself, but only after the request is out. My fault, fixing.",
    ],
    [
      "tomas",
      "Fix the server as well. Same idempotency key, same answer, whatever the button does.",
    ],
    ["member", "Both are in. There is a test that clicks eleven times."],
    ["sam", "Why eleven?"],
    ["member", "Ten felt too few"],
  ],
  [
    [
      "hanna",
      "Hello from Open Canvas 👋 Mara asked whether we could translate the ticket shop. Yuki has time from Wednesday.",
    ],
    ["owner", "Perfect. Japanese and German, about 240 strings."],
    [
      "member",
      "They are all in one file, with a note where a string is shown. Tell me which notes are missing.",
    ],
    ["hanna", "You would not believe how rarely anyone says that."],
  ],
  [
    [
      "ines",
      "Could someone with an Android phone look at the seat picker? It scrolls away under my thumb.",
    ],
    ["kofi", "Same here. `touch-action` on the grid, I think."],
    ["kofi", "Yes. `touch-action: pan-y` and it behaves."],
    ["ines", "You are faster than my phone."],
  ],
  [
    [
      "leila",
      "Second round of tests, seven people. Everyone bought a ticket in under a minute. One tried to buy the seagull.",
    ],
    ["aiko", "How much did they offer"],
    ["leila", "Two euros"],
    ["aiko", "Deal"],
    ["owner", "That is the first revenue of this feature."],
  ],
  [
    [
      "kofi",
      "Found why the preview was slow on Mondays: the cache expired for all pages at the same second.",
    ],
    ["tomas", "Jitter on the TTL, ten per cent. Old trick, good trick."],
    [
      "kofi",
      "Added. Also a graph, so that next time we see it before somebody writes to us.",
    ],
    ["owner", 'Thank you both. I will stop saying "it is only Monday".'],
  ],
  [
    [
      "owner",
      "We are two days ahead. I would like to spend them on accessibility rather than on features.",
    ],
    [
      "member",
      "Yes! The date picker still announces every day of the month when you open it.",
    ],
    [
      "ines",
      "And focus goes to the top after an error instead of to the field.",
    ],
    [
      "sam",
      "And three error messages say *invalid*. Invalid is not a sentence.",
    ],
    [
      "owner",
      "List is in the board. Whoever finishes first picks the lunch place.",
    ],
  ],
  [
    [
      "member",
      "axe is clean on every page, both themes. The date picker says one thing now, the right one.",
    ],
    ["ines", "Focus goes where the problem is."],
    [
      "sam",
      'No more *invalid*. My favourite: "This boat has left. The next one is at 14:20."',
    ],
    ["owner", "That is the best error message I have ever seen."],
    ["kofi", "So who picks lunch?"],
    ["member", "Sam, obviously"],
    ["sam", "Dumplings. Not negotiable."],
  ],
  [
    [
      "tomas",
      "Going live tomorrow at 07:00 with the first boat. Checklist is pinned, Kofi and I are on call.",
    ],
    ["owner", "I will be at the pier with a phone and a croissant."],
    ["chloe", "Launch clip is rendered: https://example.com/seagull.mp4"],
    ["aiko", "It blinks 😭"],
    ["ines", "Four hundred milliseconds of perfection."],
  ],
  [
    ["owner", "We are live. First ticket sold at 07:02, to a man with a dog."],
    ["kofi", "Error rate zero, p99 31 ms."],
    [
      "tomas",
      "Import came in at 07:00:04, all rows accepted, including 24:10.",
    ],
    [
      "member",
      "Somebody on the pier just said *oh that is nice* to nobody in particular. I was there.",
    ],
    ["ines", "Frame that."],
    ["owner", "Proud of you all. Retro on Thursday, dumplings on the guild."],
  ],
];
