import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
} from "openai";
import type { Fallback } from "../told.ts";
import { OverBudget, Resting, UnfitAnswer } from "./failure.ts";

/** What a failed call comes to; `null` for what is no failure of the model. */
export function fallbackOf(error: unknown): Fallback | null {
  if (error instanceof UnfitAnswer || error instanceof Resting) {
    return error.reason;
  }
  if (error instanceof OverBudget) return "over_budget";
  if (error instanceof APIConnectionTimeoutError) return "timed_out";
  if (error instanceof APIUserAbortError) return "timed_out";
  if (error instanceof APIConnectionError) return "unreachable";
  if (error instanceof APIError) {
    if (error.status === 429) return "busy";
    if (error.status === 408 || error.status === 504) return "timed_out";
    // A key that is wrong, a model that is not there, a request it does not take.
    if (error.status !== undefined && error.status < 500) return "refused";
    return "unreachable";
  }
  // Out of time in the middle of the body.
  if (
    error instanceof DOMException &&
    (error.name === "TimeoutError" || error.name === "AbortError")
  ) return "timed_out";
  // The body was no JSON at all.
  if (error instanceof SyntaxError) return "invalid_answer";
  return null;
}
