/** What people write to each other. `{name}` is somebody's first name, `{work}` a piece of work. */
export const HANDED_IN = [
  "Everything that was asked for, and a page on what we left out and why.",
  "Done. The second part took longer than we thought, the first one less.",
  "Ready for a look. We tried it with three people who had not seen it before.",
  "All of it is in the link. Tell us what hurts and we mend it this week.",
  "Finished, tested on an old phone and in bad light.",
  "Here it is. The numbers are in the table at the end.",
];
export const PRAISE = [
  "Exactly what we needed. Thank you.",
  "Better than the brief. We will come back.",
  "Quick, clear, and pleasant to work with.",
  "Our staff asked who made it. That does not happen.",
  "Good work, and honest about what is missing.",
  "",
];
export const LUKEWARM = [
  "It does what it should. A word in between would have helped.",
  "Fine in the end, after some back and forth.",
  "Usable. We had hoped for a little more care with the details.",
];
export const CHANGES = [
  "Nearly there. The second page still has last year's numbers.",
  "Please make the type larger and the text half as long.",
  "It breaks when one goes back. Everything else is lovely.",
  "Two of the five points are missing, see the list in the brief.",
];
export const REJECTIONS = [
  "This is not what the brief asks for, and it was said twice.",
  "It does not run for us or for anybody we asked.",
  "Half of it is missing and the rest is somebody else's work.",
];
export const CALLED_OFF = [
  "The money went elsewhere this quarter. We are sorry.",
  "We found somebody in house.",
  "The plan has changed; we will post it again in another form.",
];
export const GRIEVANCES = [
  "What was handed in is what the brief asks for, point by point. The rejection names things that were never said.",
  "The work was used the day after it had been rejected.",
  "Three rounds of changes were asked for, each new, and then it was rejected as a whole.",
];
export const EVIDENCE = [
  "The brief as it was posted, with each point marked and where it is in the work.",
  "Our messages of that week. The question was asked and answered.",
  "A recording of it working on three machines.",
  "The version that was handed in, unchanged since, with its date.",
];
export const REASONS = [
  "Several members know {skill}.",
  "They completed similar work this season.",
  "Their last reviews were four stars and better.",
  "{skill} is what they are asked for most.",
  "They have time: nothing else is due this week.",
];

/** Conversations; a number says who speaks, 0 begins. */
export const THREADS: [number, string][][] = [
  [
    [0, "{mention} can you have a look at {work} before noon?"],
    [1, "On it."],
    [1, "Two small things, otherwise ready. I wrote them beside it."],
    [0, "Both done. Thank you."],
  ],
  [
    [0, "Who has an hour for {work}? I am stuck on the last part."],
    [1, "Me, after lunch. Send me what you have."],
    [0, "Sent. The trouble begins on page two."],
    [1, "Found it. It was the date, as always."],
    [0, "Thank you. I would have looked there on Friday."],
  ],
  [
    [0, "{work} is in review. Fingers crossed."],
    [2, "Looks good from here."],
    [1, "I would still cut the second paragraph."],
    [0, "Cut. You were right."],
  ],
  [
    [0, "Client of {work} wants a call tomorrow at ten. Who comes along?"],
    [1, "I do."],
    [2, "Me too if it is not longer than half an hour."],
    [0, "It never is. Notes will be here afterwards."],
  ],
  [
    [0, "Small thing: the link in our guide is dead."],
    [1, "Mended. It had moved."],
  ],
  [
    [0, "Can somebody read this before I send it? Two pages."],
    [1, "Reading."],
    [1, "Good. I marked three places where I had to read twice."],
    [0, "Those three were the ones I was proud of. Fair."],
  ],
  [
    [0, "Proposal: no meetings on Thursdays until {work} is done."],
    [1, "Yes."],
    [2, "Yes, please."],
    [3, "And can we keep it afterwards?"],
    [0, "Let us try that."],
  ],
  [
    [0, "Payment for {work} came in. Split as agreed."],
    [1, "Thank you! Quicker than last time."],
    [2, "Nice. Coffee is on me."],
  ],
  [
    [0, "Does anybody know a good source for old street maps?"],
    [1, "The city archive has them scanned, free to use."],
    [0, "That is exactly it. Saved me a day."],
  ],
  [
    [0, "I am away until Monday. {name} has the keys to everything."],
    [1, "Have a good rest."],
    [2, "Do not look at this room."],
  ],
  [
    [0, "Look at this: the first user of {work} sent a photo."],
    [1, "With a child pointing at the screen. Framed."],
    [2, "That is why we do it."],
  ],
  [
    [0, "Question about {work}: do we promise a date or a week?"],
    [1, "A week. Always a week."],
    [0, "The brief says a day."],
    [2, "Then ask them. They were fine with a week last time."],
    [0, "They are. Week it is."],
  ],
  [
    [0, "The test fails only on my machine."],
    [1, "What time zone are you in?"],
    [0, "Oh."],
    [0, "Mended."],
  ],
];

export const NOTES = [
  "Good morning. First the review, then the bakery, then everything else.",
  "Morning all. I have until noon today.",
  "Up early, rain, good for writing.",
  "Good morning! Yesterday's notes are in the document.",
  "Starting with {work} today.",
  "Quiet day planned. Ping me if something burns.",
  "On a train until eleven, reading on the way.",
];

export const DIRECT: [number, string][][] = [
  [
    [0, "Hi {name}, do you have time for something small this week?"],
    [1, "Depends how small. Tell me?"],
    [0, "A second look at {work}. An hour at most."],
    [1, "Then yes. Thursday?"],
    [0, "Perfect, thank you."],
  ],
  [
    [0, "Thanks for standing in yesterday."],
    [1, "Any time. It went well, nobody noticed."],
  ],
  [
    [0, "Between us: is {work} going to be ready?"],
    [1, "Yes. It looks worse than it is."],
    [0, "Good. Tell me if I can take something off you."],
    [1, "You could answer the client's mail."],
    [0, "Done."],
  ],
  [
    [0, "I liked what you said in the meeting."],
    [1, "I was not sure whether to say it."],
    [0, "It was right to."],
  ],
];

/** What a worker (0) and a client (1) say in the room of their dispute. */
export const DISPUTED: [number, string][][] = [
  [
    [0, "I would rather settle this between us. Which point is missing?"],
    [1, "The third one. It was in the brief from the first day."],
    [0, "It is on page two of what we handed in."],
    [1, "Not in the way we can use it."],
  ],
  [
    [1, "We said twice what we needed."],
    [0, "And we changed it twice. The third time was something new."],
    [1, "Then others should look at it. No hard feelings."],
  ],
  [
    [0, "The work is in use on your site since Monday."],
    [1, "A colleague put it there by mistake. It is gone now."],
    [0, "I have added what it looked like to the evidence."],
  ],
];

export const WISHES = [
  "I have followed your work for a while and would like to be part of it. Ten hours a week.",
  "Looking for people who finish things. I bring time and patience.",
  "A member told me about you. I can show three pieces of work.",
];
export const EMOJI = ["👍", "🎉", "❤️", "😄", "👀", "🙏"];
