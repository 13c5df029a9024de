import { SECOND } from "../clock.ts";
import { type Check, commitStamped, del, set, unchanged } from "../kv/mod.ts";
import type { Clock } from "../clock.ts";
import type { CacheKey } from "./kind.ts";
import { leaseKey, type LoadLease, type Reading } from "./store.ts";

/** A crashed loader's lease ends after this; a living one's is renewed three times as often. */
export const LEASE = 3 * SECOND;
/** A failure is told to those who wait for this long. */
const FAILURE_KEPT = 2 * SECOND;

/** The right to load a value, over all isolates. */
export class HeldLease {
  #kv: Deno.Kv;
  #now: Clock;
  #key: Deno.KvKey;
  #token: string;
  #versionstamp: string | null;
  #line: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setInterval>;

  private constructor(
    kv: Deno.Kv,
    now: Clock,
    key: Deno.KvKey,
    token: string,
    versionstamp: string,
  ) {
    this.#kv = kv;
    this.#now = now;
    this.#key = key;
    this.#token = token;
    this.#versionstamp = versionstamp;
    this.#timer = setInterval(() => this.#renew(), LEASE / 3);
  }

  /**
   * Takes the lease as it was read; `null` when somebody else was faster. That nobody holds it looks the same before and
   * after another's whole load, which deletes the lease: that there is still no value has to hold as well.
   */
  static async take(
    kv: Deno.Kv,
    now: Clock,
    key: CacheKey<unknown>,
    { lease, entry }: Pick<Reading, "lease" | "entry">,
    token: string,
  ): Promise<HeldLease | null> {
    const row: LoadLease = { token, until: now() + LEASE };
    const versionstamp = await commitStamped(kv, {
      checks: [unchanged(lease), entry],
      mutations: [set(leaseKey(key), row, LEASE)],
    });
    return versionstamp === null
      ? null
      : new HeldLease(kv, now, leaseKey(key), token, versionstamp);
  }

  get token(): string {
    return this.#token;
  }

  /** The check that it is still held; ends the renewing. */
  async end(): Promise<Check> {
    clearInterval(this.#timer);
    await this.#line;
    return { key: this.#key, versionstamp: this.#versionstamp };
  }

  /** Gives it up after a failed load and tells those who wait. */
  async fail(): Promise<void> {
    const held = await this.end();
    const failedAt = this.#now();
    const row: LoadLease = { token: this.#token, until: failedAt, failedAt };
    await commitStamped(this.#kv, {
      checks: [held],
      mutations: [set(this.#key, row, FAILURE_KEPT)],
    });
  }

  /** Gives it back without a value, where it is still held. */
  async giveBack(held: Check): Promise<void> {
    await commitStamped(this.#kv, {
      checks: [held],
      mutations: [this.release],
    });
  }

  /** For the commit of the value. */
  get release() {
    return del(this.#key);
  }

  #renew() {
    this.#line = this.#line.then(async () => {
      const row: LoadLease = { token: this.#token, until: this.#now() + LEASE };
      const versionstamp = await commitStamped(this.#kv, {
        checks: [{ key: this.#key, versionstamp: this.#versionstamp }],
        mutations: [set(this.#key, row, LEASE)],
      });
      if (versionstamp !== null) this.#versionstamp = versionstamp;
      else await this.#lookAgain();
    }).catch(() => {/* tried again, while the lease lasts */});
  }

  /** After a renewal that was refused: by another's lease, or by our own, whose answer was lost. */
  async #lookAgain() {
    const { value, versionstamp } = await this.#kv.get<LoadLease>(this.#key);
    if (value?.token === this.#token) this.#versionstamp = versionstamp;
    // Lost: the value was invalidated meanwhile, or we were silent for too long.
    else clearInterval(this.#timer);
  }
}
