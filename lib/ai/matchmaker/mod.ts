export { createMatchmaker } from "./agent.ts";
export { type Matchmaker, registerMatchmaker } from "./job.ts";
export type { PersonMatch, Proposal } from "./types.ts";
