import { type ApiFailure, failureOf, mayPass } from "./api.ts";
import { backoffDelay } from "./backoff.ts";
import type { Environment } from "./environment.ts";

/** Brings a store up to date: one reading at a time, until one has succeeded that began after the last `now`. */
export class Refresh {
  /** What is shown may be old: nobody has read it since it was asked for. */
  stale: boolean;
  readonly #read: (env: Environment) => Promise<void>;
  readonly #refused: (failure: ApiFailure) => void;
  #env: Environment | null = null;
  #reading = false;
  #cancel = () => {};

  /** @param refused told when the server does not let us read, and trying again makes no sense */
  constructor(
    stale: boolean,
    read: (env: Environment) => Promise<void>,
    refused: (failure: ApiFailure) => void,
  ) {
    this.stale = stale;
    this.#read = read;
    this.#refused = refused;
  }

  /** Readings may begin from now. */
  start(env: Environment): void {
    this.#env = env;
  }

  stop(): void {
    this.#env = null;
    this.#cancel();
  }

  async now(attempts = 0): Promise<void> {
    this.stale = true;
    const env = this.#env;
    if (this.#reading || !env) return;
    this.#cancel();
    this.#reading = true;
    try {
      while (this.stale) {
        this.stale = false;
        await this.#read(env);
      }
    } catch (error) {
      this.stale = true;
      const failure = failureOf(error);
      if (!mayPass(failure.status)) this.#refused(failure);
      else if (this.#env) {
        this.#cancel = env.after(
          backoffDelay(attempts, env.random),
          () => void this.now(attempts + 1),
        );
      }
    } finally {
      this.#reading = false;
    }
  }
}
