import type { Thread } from "./types.ts";

/** What was said in Open Canvas, in order. */
export const CANVAS: Thread[] = [
  [
    [
      "hanna",
      "Good morning! The city library wants a poster series for its repair café. Four posters, small budget, big heart.",
    ],
    ["aiko", "I would love that. Broken things with faces?"],
    ["hanna", "Broken things with *hopeful* faces."],
    ["chloe", "And a ten second loop for their screen in the entrance?"],
    ["hanna", "They did not ask, so: yes."],
  ],
  [
    [
      "aiko",
      "Sketches: toaster, lamp, radio, one sock. https://example.com/repair",
    ],
    [
      "leila",
      "The sock wins. I showed them to my neighbours, everyone pointed at the sock.",
    ],
    ["yuki", "The sock looks like it has been through something."],
    ["aiko", "It has. It is based on a true sock."],
    ["hanna", "Sock goes on poster one."],
  ],
  [
    ["sam", 'Texts for the posters, first try: "Do not throw it. Show it."'],
    ["hanna", "Short and true. Keep."],
    ["yuki", 'German is nice too: "Nicht weg damit. Her damit."'],
    ["hanna", "Oh that is *better* than the original."],
    ["sam", "I am not hurt at all"],
  ],
  [
    [
      "chloe",
      "Loop is ready. The lamp flickers on when the screwdriver arrives.",
    ],
    ["kofi", "How big is the file? Their screen runs on something from 2014."],
    [
      "chloe",
      "1.8 MB, H.264, no audio. I tested on my grandmother's television.",
    ],
    ["kofi", "That is the most thorough test plan I have heard this month."],
  ],
  [
    [
      "hanna",
      "The library is happy, they asked whether we could also do their summer reading map.",
    ],
    ["aiko", "A map! With sea monsters at the edges?"],
    ["hanna", "Where the returns desk is, yes."],
    [
      "leila",
      "I can ask a few kids what they look for first. My sister teaches the fourth grade.",
    ],
  ],
  [
    [
      "leila",
      "Kids' verdict: they look for the toilets, then the comics, then the exit.",
    ],
    ["aiko", "So the monster guards the toilets"],
    ["leila", "They suggested exactly that."],
    ["hanna", "I am putting this in the minutes."],
  ],
  [
    [
      "yuki",
      "I have started the Lantern Works strings. 240, and every one with a note about where it appears.",
    ],
    ["hanna", "Jonas asked which notes are missing."],
    ["yuki", "Two. I nearly cried."],
    ["sam", "That is how all of them should be. I will steal the format."],
  ],
  [
    [
      "yuki",
      'Question for the group: "Your boat has left." In Japanese I would rather apologise a little. Fine?',
    ],
    ["sam", "Fine. The English one is blunt on purpose, that does not travel."],
    ["hanna", "Agree. Translate the intention."],
    ["yuki", "Then it says that the boat was sorry not to wait."],
    ["aiko", "I love that boat"],
  ],
  [
    [
      "kofi",
      "I made a small page that shows all our posters in a grid, printable. Who wants to try to break it?",
    ],
    ["chloe", "It breaks at 320 px, the sock falls out."],
    ["kofi", "Fixed. The sock is back in."],
    ["aiko", "The sock always comes back."],
  ],
  [
    [
      "hanna",
      "Reminder: open table on Saturday, 16:00 UTC. Bring something half finished.",
    ],
    ["leila", "I bring a survey that nobody understands."],
    [
      "sam",
      'I bring the sentence "utilise the functionality", found in the wild.',
    ],
    ["chloe", "I bring a transition that makes people seasick."],
    ["aiko", "I bring a fox that looks like a dog."],
  ],
  [
    [
      "hanna",
      "That was lovely. Eleven people, one of them with an actual broken toaster.",
    ],
    [
      "aiko",
      "The fox is a fox now. It needed a longer tail and less self-doubt.",
    ],
    ["sam", '"Utilise the functionality" is now "use it". We applauded.'],
    ["chloe", "The transition is gone. Everyone's stomach says thanks."],
  ],
  [
    [
      "hanna",
      "The library prints tomorrow: 200 posters, recycled paper. They will hang in all eleven branches.",
    ],
    ["yuki", "In both languages?"],
    ["hanna", "In both. The German one is the bigger one."],
    ["sam", "I am still not hurt"],
    [
      "hanna",
      "There is a spare print for each of you. Tell me where to send it.",
    ],
  ],
];
