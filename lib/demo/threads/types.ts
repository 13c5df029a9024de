/** One line of a conversation: who (an id without `demo_`), and what they say. */
export type Line = readonly [speaker: string, text: string];

/** Lines that belong together, minutes apart at most. */
export type Thread = readonly Line[];
