import { type IslandUse, SlotRef } from "./state.ts";

/**
 * Props as JSON: an array of values that refer to one another by position, so
 * that a shared or circular reference stays one. The first value is the root.
 * Negative numbers stand for values that JSON does not have.
 *
 * `client/parse.ts` is the other half.
 */
export const CONSTANTS = {
  undefined: -1,
  null: -2,
  nan: -3,
  infinity: -4,
  negativeInfinity: -5,
  negativeZero: -6,
  hole: -7,
} as const;

/**
 * @param islands The islands of a page
 * @throws {TypeError} Naming island and prop, if one cannot be sent
 */
export function stringifyProps(islands: IslandUse[]): string {
  const writer = new Writer();
  const root = writer.reserve();
  const indexes = islands.map(({ island, props }) => {
    try {
      return writer.write(props);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new TypeError(`<${island.name}>: ${error.message}`);
    }
  });
  writer.values[root] = JSON.stringify(indexes);
  return `[${writer.values.join(",")}]`;
}

/** Any value, in the same format. */
export function stringify(value: unknown): string {
  const writer = new Writer();
  const index = writer.write(value);
  // A constant has no position of its own.
  return index < 0 ? String(index) : `[${writer.values.join(",")}]`;
}

class Writer {
  /** JSON texts. */
  values: string[] = [];
  #seen = new Map<unknown, number>();
  #path: string[] = [];

  reserve(): number {
    return this.values.push("null") - 1;
  }

  /** The position of a value, written unless it is there already. */
  write(value: unknown): number {
    const constant = constantOf(value);
    if (constant !== null) return constant;
    const known = this.#seen.get(value);
    if (known !== undefined) return known;
    const index = this.reserve();
    this.#seen.set(value, index);
    this.values[index] = this.#encode(value);
    return index;
  }

  #encode(value: unknown): string {
    if (typeof value === "bigint") {
      return typed("BigInt", JSON.stringify(String(value)));
    }
    if (typeof value === "function") {
      return this.#refuse("Serializing functions is not supported");
    }
    if (typeof value === "symbol") {
      return this.#refuse("Serializing symbols is not supported");
    }
    if (typeof value !== "object" || value === null) {
      return JSON.stringify(value);
    }
    if (value instanceof SlotRef) return typed("Slot", String(value.id));
    if (Array.isArray(value)) return this.#encodeArray(value);
    const builtin = this.#encodeBuiltin(value);
    if (builtin !== null) return builtin;
    return this.#encodeObject(value as Record<string, unknown>);
  }

  #encodeArray(value: unknown[]): string {
    const items: number[] = [];
    for (let i = 0; i < value.length; i++) {
      items.push(i in value ? this.#at(`[${i}]`, value[i]) : CONSTANTS.hole);
    }
    return JSON.stringify(items);
  }

  #encodeBuiltin(value: object): string | null {
    if (isSignal(value)) {
      const type = isComputed(value) ? "Computed" : "Signal";
      return typed(type, String(this.#at(".value", value.peek())));
    }
    if (value instanceof Date) {
      return typed(
        "Date",
        JSON.stringify(
          Number.isNaN(value.getTime()) ? "" : value.toISOString(),
        ),
      );
    }
    if (value instanceof URL) return typed("URL", JSON.stringify(value.href));
    if (value instanceof RegExp) {
      return typed(
        "RegExp",
        `${JSON.stringify(value.source)},${JSON.stringify(value.flags)}`,
      );
    }
    if (value instanceof Uint8Array) {
      return typed("Uint8Array", `"${toBase64(value)}"`);
    }
    if (value instanceof Set) {
      return typed(
        "Set",
        JSON.stringify([...value].map((item) => this.#at("(set)", item))),
      );
    }
    if (value instanceof Map) {
      const pairs = [...value].flat().map((item) => this.#at("(map)", item));
      return typed("Map", JSON.stringify(pairs));
    }
    const tag = (value as Record<symbol, unknown>)[Symbol.toStringTag];
    if (typeof tag === "string" && tag.startsWith("Temporal.")) {
      return typed(tag, JSON.stringify(String(value)));
    }
    return null;
  }

  #encodeObject(value: Record<string, unknown>): string {
    if ("__v" in value && "props" in value) {
      this.#refuse(
        "JSX can be given to an island as a prop, but not inside of one",
      );
    }
    const proto = Object.getPrototypeOf(value);
    if (proto !== null && proto !== Object.prototype) {
      this.#refuse(`Serializing a ${proto.constructor?.name} is not supported`);
    }
    const pairs = Object.entries(value).map(([key, item]) =>
      `${JSON.stringify(key)}:${this.#at(`.${key}`, item)}`
    );
    return `{${pairs.join(",")}}`;
  }

  #at(step: string, value: unknown): number {
    this.#path.push(step);
    const index = this.write(value);
    this.#path.pop();
    return index;
  }

  #refuse(message: string): never {
    throw new TypeError(`${message}: props${this.#path.join("")}`);
  }
}

function typed(name: string, json: string): string {
  return `["${name}",${json}]`;
}

function constantOf(value: unknown): number | null {
  if (value === undefined) return CONSTANTS.undefined;
  if (value === null) return CONSTANTS.null;
  if (typeof value !== "number") return null;
  if (Number.isNaN(value)) return CONSTANTS.nan;
  if (value === Infinity) return CONSTANTS.infinity;
  if (value === -Infinity) return CONSTANTS.negativeInfinity;
  return Object.is(value, -0) ? CONSTANTS.negativeZero : null;
}

/** What this needs of a signal. */
export interface SignalLike {
  peek(): unknown;
}

const SIGNAL = Symbol.for("preact-signals");

// By its brand: the app may have another copy of the signals package.
export function isSignal(value: object): value is SignalLike {
  return (value as { brand?: symbol }).brand === SIGNAL;
}

function isComputed(value: object): boolean {
  const own = Object.getPrototypeOf(value);
  return Object.getOwnPropertyDescriptor(own, "value")?.set === undefined;
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
