/** Requests to one endpoint, and to all, that may be under way in an isolate: of its 64 running jobs, others need some. */
const AN_ENDPOINT = 12;
const ALL = 40;

/** Keeps an endpoint that hangs from taking the places of every other job. */
export class InFlight {
  readonly #byEndpoint = new Map<string, number>();
  #all = 0;

  /** Returns how to leave; `null` when there is no place. */
  enter(endpointId: string): (() => void) | null {
    const own = this.#byEndpoint.get(endpointId) ?? 0;
    if (own >= AN_ENDPOINT || this.#all >= ALL) return null;
    this.#byEndpoint.set(endpointId, own + 1);
    this.#all++;
    return () => {
      this.#all--;
      const left = this.#byEndpoint.get(endpointId)! - 1;
      if (left > 0) this.#byEndpoint.set(endpointId, left);
      else this.#byEndpoint.delete(endpointId);
    };
  }
}
