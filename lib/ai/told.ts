/** Why a language model was not the one that answered, though one is configured. The words are `ai.because.*`. */
export const FALLBACKS = [
  "over_budget",
  "timed_out",
  "busy",
  "refused",
  "unreachable",
  "invalid_answer",
  "unsafe_answer",
] as const;

export type Fallback = typeof FALLBACKS[number];

/** An answer and who gave it, so that its reader can be told. */
export interface Told<T> {
  value: T;
  /** `local`: statistics and rules on this machine; `model`: a language model has put it in order and into words. */
  engine: "local" | "model";
  /** The model's name, where one answered. */
  model: string | null;
  /** Why the local engine answered in the model's place; `null` where none is configured, or it did answer. */
  because: Fallback | null;
  /** Milliseconds. */
  at: number;
}

/** The one port of all agents. */
export interface Agent<In, Out> {
  /** Answers whatever happens to the model; throws only when the store does, or `signal` aborts. */
  ask(input: In, signal?: AbortSignal): Promise<Told<Out>>;
  /** The local engine's answer alone: quick enough for a page. */
  askLocally(input: In, signal?: AbortSignal): Promise<Told<Out>>;
}

/** How a model may better a local answer. */
export interface Refinement<Out, Answer> {
  /** Of the schema, `[a-z_]+`. */
  name: string;
  /** What is to be done, in a few sentences. */
  task: string;
  /** What the model is shown: data, never instructions. At most some 12,000 characters as JSON. */
  data(local: Out): unknown;
  /** What it has to answer. */
  schema: import("zod").ZodType<Answer>;
  /** Puts the answer into the local one. @throws {UnfitAnswer} when it names what was not shown */
  apply(local: Out, answer: Answer): Out;
}
