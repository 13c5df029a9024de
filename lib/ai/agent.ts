import type { Clock } from "../clock.ts";
import type { Model } from "./model/types.ts";
import type { Agent, Refinement, Told } from "./told.ts";

/** What an agent is made of. */
export interface AgentParts<In, Out, Answer> {
  now: Clock;
  /** Facts and a complete answer, always. */
  local: (input: In, signal?: AbortSignal) => Promise<Out>;
  /** What a model may add; without a model it stays unused. */
  refinement: Refinement<Out, Answer>;
  model: Model | null;
  /** Whether there is anything to ask a model about. */
  worthAsking?: (local: Out) => boolean;
}

/**
 * An agent: the local engine answers, and a model, where there is one, may put that answer in another order and into
 * words. A model that fails in whatever way leaves the local answer, with the reason.
 */
export function createAgent<In, Out, Answer>(
  parts: AgentParts<In, Out, Answer>,
): Agent<In, Out> {
  const { now, local, refinement, model, worthAsking = () => true } = parts;

  function told(
    value: Out,
    given: Partial<Pick<Told<Out>, "engine" | "model" | "because">> = {},
  ): Told<Out> {
    return {
      value,
      engine: "local",
      model: null,
      because: null,
      at: now(),
      ...given,
    };
  }

  return {
    async askLocally(input, signal) {
      return told(await local(input, signal));
    },
    async ask(input, signal) {
      const value = await local(input, signal);
      if (model === null || !worthAsking(value)) return told(value);
      try {
        const { name, task, schema, data, apply } = refinement;
        const answer = await model.ask({
          name,
          task,
          schema,
          data: data(value),
          signal,
        });
        return told(apply(value, answer), {
          engine: "model",
          model: model.name,
        });
      } catch (error) {
        signal?.throwIfAborted();
        const because = model.fallbackOf(error);
        if (because === null) throw error;
        console.warn(
          `The model did not answer (${refinement.name}, ${because}):`,
          error instanceof Error ? error.message : error,
        );
        return told(value, { because });
      }
    },
  };
}
