import { DAY, MINUTE, SECOND } from "../clock.ts";

/** How values of a kind are kept. Times are milliseconds. */
export interface KindOptions {
  /** In keys and statistics. */
  name: string;
  /** Of the value's type: a change of the type raises it, and old values are never served. */
  version: number;
  /** For this long a value is fresh. */
  ttl: number;
  /** After that, for this long the stale value is served at once while a new one is loaded. Default half the ttl. */
  revalidate?: number;
  /** After the ttl, for this long a stale value is better than an error. Default four ttls, at most a day. */
  grace?: number;
  /** For this long "there is none" (`null`) is kept. Default a minute, at most the ttl. */
  negativeTtl?: number;
  /** Share of the ttl by which it is shortened at random, so that what was loaded together does not end together. Default 0.1. */
  jitter?: number;
  /** A loader that takes longer is not waited for where there is a stale value. Default 500 ms. */
  softTimeout?: number;
  /** A loader that takes longer is given up. Default 15 s. */
  hardTimeout?: number;
}

/** A kind with all its defaults; `T` is the type of its values. */
export interface Kind<T> extends Required<KindOptions> {
  /** Only for the compiler. */
  readonly value?: T;
}

/** The address of a value. Made by a kind's key function, nowhere else. */
export interface CacheKey<T> {
  readonly kind: Kind<T>;
  readonly id: string;
  /** Kind, version and id in one text. */
  readonly text: string;
}

/** A kind and the function that makes its keys. */
export interface KeyOf<T> {
  (...parts: string[]): CacheKey<T>;
  readonly kind: Kind<T>;
}

/** Defines a kind. Parts of a key are joined so that different parts make different keys. */
export function defineKind<T>(options: KindOptions): KeyOf<T> {
  const { ttl } = options;
  const revalidate = options.revalidate ?? ttl / 2;
  const kind: Kind<T> = {
    name: options.name,
    version: options.version,
    ttl,
    revalidate,
    grace: Math.max(revalidate, options.grace ?? Math.min(4 * ttl, DAY)),
    negativeTtl: Math.min(ttl, options.negativeTtl ?? MINUTE),
    jitter: options.jitter ?? 0.1,
    softTimeout: options.softTimeout ?? SECOND / 2,
    hardTimeout: options.hardTimeout ?? 15 * SECOND,
  };
  const prefix = `${kind.name}.${kind.version}.`;
  const keyOf = (...parts: string[]): CacheKey<T> => {
    const id = idOf(parts);
    return { kind, id, text: prefix + id };
  };
  return Object.assign(keyOf, { kind });
}

/** The key that a kind's function would make of these parts: for who knows only the kind's name, as an admin does. */
export function keyIn<T>(kind: Kind<T>, parts: string[]): CacheKey<T> {
  const id = idOf(parts);
  return { kind, id, text: `${kind.name}.${kind.version}.${id}` };
}

function idOf(parts: string[]): string {
  return parts.length === 1
    ? parts[0]!
    : parts.map((part) => `${part.length}:${part}`).join("");
}
