/** A store some of whose methods are a test's. */
export function storeWith(kv: Deno.Kv, methods: Partial<Deno.Kv>): Deno.Kv {
  return new Proxy(kv, {
    get(target, name) {
      const own = Reflect.get(methods, name);
      if (own !== undefined) return own;
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

type Commit = Deno.AtomicOperation["commit"];

/** A store whose commits a test makes fail, wait or land late; it is given the real one. */
export function storeWithCommits(
  kv: Deno.Kv,
  commits: (commit: Commit) => ReturnType<Commit>,
): Deno.Kv {
  return storeWith(kv, {
    atomic() {
      const atomic = kv.atomic();
      const commit = atomic.commit.bind(atomic);
      atomic.commit = () => commits(commit);
      return atomic;
    },
  });
}
