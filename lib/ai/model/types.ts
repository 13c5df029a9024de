import type { z } from "zod";
import type { Fallback } from "../told.ts";

/** One question to a model. */
export interface Question<T> {
  name: string;
  task: string;
  data: unknown;
  schema: z.ZodType<T>;
  signal?: AbortSignal;
}

/** Asks a language model and gets a value of the schema, or throws. */
export interface Model {
  readonly name: string;
  /** What an error of `ask` comes to; `null` for what is no failure of the model. */
  fallbackOf(error: unknown): Fallback | null;
  ask<T>(question: Question<T>): Promise<T>;
}
