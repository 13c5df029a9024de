type Pairs = Map<object, Set<object>>;

/**
 * Deep structural equality: `Object.is` for primitives, own enumerable keys and
 * symbols for objects, contents for collections. Cyclic structures are compared
 * by assuming that a pair which is already being compared is equal.
 *
 * @param a One value
 * @param b The other
 */
export function equal(a: unknown, b: unknown): boolean {
  return compare(a, b, new Map());
}

function compare(a: unknown, b: unknown, seen: Pairs): boolean {
  // Zeros of either sign are one value in std's `equal`, unlike `Object.is`.
  if (Object.is(a, b) || (a === 0 && b === 0)) return true;
  if (!isObject(a) || !isObject(b)) return false;
  if (!sameKind(a, b)) return false;
  if (seen.get(a)?.has(b)) return true;
  if (!seen.has(a)) seen.set(a, new Set());
  seen.get(a)!.add(b);

  const verdict = compareBuiltin(a, b, seen);
  return verdict ?? compareKeys(a, b, seen);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Null-prototype objects and plain ones are the same kind. */
function sameKind(a: object, b: object): boolean {
  // Of the prototype: an object may have a property `constructor` of its own.
  const kind = (value: object) =>
    Object.getPrototypeOf(value)?.constructor ?? Object;
  return kind(a) === kind(b);
}

/** `undefined`: no built-in rule applies, compare the keys. */
function compareBuiltin(
  a: object,
  b: object,
  seen: Pairs,
): boolean | undefined {
  if (a instanceof Date && b instanceof Date) {
    return Object.is(a.getTime(), b.getTime());
  }
  if (a instanceof RegExp || a instanceof URL) return String(a) === String(b);
  if (a instanceof WeakMap || a instanceof WeakSet) {
    throw new TypeError(`Cannot compare ${a.constructor.name} instances`);
  }
  if (a instanceof WeakRef && b instanceof WeakRef) {
    return compare(a.deref(), b.deref(), seen);
  }
  if (
    a instanceof Number || a instanceof String || a instanceof Boolean ||
    a instanceof Symbol || a instanceof BigInt
  ) {
    return Object.is(a.valueOf(), b.valueOf());
  }
  if (a instanceof Error && b instanceof Error) {
    if (a.name !== b.name || a.message !== b.message) return false;
    if (!compare(a.cause, b.cause, seen)) return false;
  }
  if (a instanceof Set && b instanceof Set) return sameSet(a, b, seen);
  if (a instanceof Map && b instanceof Map) return sameMap(a, b, seen);
  if (ArrayBuffer.isView(a) && !(a instanceof DataView)) {
    return sameBytes(a as Uint8Array, b as Uint8Array);
  }
  if (a instanceof ArrayBuffer || a instanceof SharedArrayBuffer) {
    return sameBytes(new Uint8Array(a), new Uint8Array(b as ArrayBuffer));
  }
}

function sameBytes(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (!Object.is(a[i], b[i]) && a[i] !== b[i]) return false;
  }
  return true;
}

function sameSet(a: Set<unknown>, b: Set<unknown>, seen: Pairs): boolean {
  if (a.size !== b.size) return false;
  const rest = new Set(b);
  const unmatched = [...a].filter((value) => !rest.delete(value));
  return unmatched.every((value) => {
    for (const other of rest) {
      // A speculative pairing must not leave its assumptions behind.
      if (compare(value, other, copyPairs(seen))) return rest.delete(other);
    }
    return false;
  });
}

function sameMap(
  a: Map<unknown, unknown>,
  b: Map<unknown, unknown>,
  seen: Pairs,
): boolean {
  if (a.size !== b.size) return false;
  const rest = new Map(b);
  for (const [key, value] of a) {
    if (rest.has(key)) {
      // Another key may be equal to an object: this is one guess of several.
      const pairs = isObject(key) ? copyPairs(seen) : seen;
      if (compare(value, rest.get(key), pairs)) {
        rest.delete(key);
        continue;
      }
    }
    if (!isObject(key)) return false;
    const match = [...rest].find(([otherKey, other]) =>
      compare(key, otherKey, copyPairs(seen)) &&
      compare(value, other, copyPairs(seen))
    );
    if (match === undefined) return false;
    rest.delete(match[0]);
  }
  return true;
}

function copyPairs(seen: Pairs): Pairs {
  return new Map([...seen].map(([key, others]) => [key, new Set(others)]));
}

function compareKeys(a: object, b: object, seen: Pairs): boolean {
  if (Array.isArray(a) && a.length !== (b as unknown[]).length) return false;
  const left = a as Record<PropertyKey, unknown>;
  const right = b as Record<PropertyKey, unknown>;
  const keysA = enumerableKeys(a);
  if (keysA.length !== enumerableKeys(b).length) return false;
  return keysA.every((key) =>
    Object.hasOwn(b, key) && compare(left[key], right[key], seen)
  );
}

function enumerableKeys(value: object): PropertyKey[] {
  return Reflect.ownKeys(value).filter((key) =>
    Object.prototype.propertyIsEnumerable.call(value, key)
  );
}
