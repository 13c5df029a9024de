/** Files that nobody would write on purpose, or somebody would: never a crash, always the line that is wrong. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import {
  type Activity,
  ACTIVITY_KINDS,
  detectAnomalies,
  MalformedLine,
  Oracle,
  readActivities,
} from "../../../../lib/ai/oracle/mod.ts";
import { DAY, MINUTE } from "../../../../lib/clock.ts";
import { harbour } from "../../../support/worlds/harbour/mod.ts";

const T = Date.UTC(2026, 5, 1);

const GOOD = {
  id: "a1",
  at: T as number | string,
  kind: "bounty_paid",
  actorId: "ann",
  counterpartyId: "bo",
  guildId: null,
  bountyId: null,
  amount: 12.5,
  rating: null,
  outcome: null,
  device: null,
};

/** The text in pieces of `size` bytes, as a file or a pipe brings it. */
async function* pieces(text: string, size: number) {
  const bytes = new TextEncoder().encode(text);
  for (let i = 0; i < bytes.length; i += size) {
    yield await Promise.resolve(bytes.subarray(i, i + size));
  }
}

async function read(text: string, size = 65_536) {
  const bad: MalformedLine[] = [];
  const good: Activity[] = [];
  const lines = readActivities(pieces(text, size), (error) => bad.push(error));
  for await (const a of lines) good.push(a);
  return { good, bad };
}

/** What is said of a line with this field. */
async function complaint(field: string, value: unknown): Promise<string> {
  const line = typeof value === "string" && value.startsWith("raw:")
    ? JSON.stringify({ ...GOOD, [field]: 0 }).replace(
      `"${field}":0`,
      `"${field}":${value.slice(4)}`,
    )
    : JSON.stringify({ ...GOOD, [field]: value });
  const { good, bad } = await read(
    `${JSON.stringify(GOOD)}\n\n${line}\n${JSON.stringify(GOOD)}`,
  );
  assertEquals(good.length + bad.length, 3);
  return bad.map((error) => error.message).join();
}

Deno.test("null is allowed where something may be absent, and named with its line where not", async () => {
  for (const field of Object.keys(GOOD)) {
    const required = ["id", "at", "kind", "actorId"].includes(field);
    for (const nothing of [null, undefined]) {
      const said = await complaint(field, nothing);
      if (required) assert(said.startsWith(`Line 3 is not`), said);
      assertEquals(said.includes(`activity: ${field}`), required, said);
    }
  }
});

Deno.test("values that are no amounts, times, kinds or names are refused with line and field", async () => {
  for (
    const [field, value] of [
      ["amount", "NaN"],
      ["amount", "12"],
      ["amount", "raw:1e999"],
      ["amount", true],
      ["amount", {}],
      ["rating", 0],
      ["rating", 6],
      ["rating", "5"],
      ["kind", "nap"],
      ["kind", "constructor"],
      ["kind", "__proto__"],
      ["outcome", "maybe"],
      ["id", ""],
      ["id", 7],
      ["id", "x".repeat(513)],
      ["actorId", ["ann"]],
      ["device", {}],
      ["at", "yesterday"],
      ["at", "2026-13-01T00:00:00.000Z"],
      ["at", "-271821-04-20T00:00:00Z"],
      ["at", 1e300],
      ["at", -1],
      ["at", "raw:-1e999"],
    ] as const
  ) {
    const said = await complaint(field, value);
    assert(said.startsWith(`Line 3 is not an activity: ${field}: `), said);
  }
  for (const amount of [0, -0, -12, 1e308, 5e-324]) {
    assertEquals(await complaint("amount", amount), "");
  }
});

Deno.test("empty files, marks of order, foreign ends of line, and lines of any length", async () => {
  const line = JSON.stringify(GOOD);
  assertEquals(await read(""), { good: [], bad: [] });
  assertEquals(await read("\ufeff\r\n\n \t\n"), { good: [], bad: [] });
  for (const size of [1, 2, 7, 65_536]) {
    const { good, bad } = await read(
      `\ufeff${line}\r\n${line.replace("ann", "Änne 🙂")}\r\n${line}`,
      size,
    );
    assertEquals([good.length, bad.length], [3, 0]);
    assertEquals(good[1]!.actorId, "Änne 🙂");
  }
  for (const other of ["null", "[]", "7", '"text"', "{", "}{", "\u0000"]) {
    const { bad } = await read(`${line}\n${other}\n${line}`);
    assertEquals(bad.map((error) => error.line), [2], other);
  }
  // Long with spaces in it is still an activity; beyond a mebibyte nothing is kept, wherever the pieces end.
  const long = line.replace(",", `,${" ".repeat(300_000)}`);
  const endless = `{"id":"${"x".repeat(5_000_000)}`;
  for (const size of [65_536, 1 << 26]) {
    const { good, bad } = await read(
      `${long}\n${endless}\n${line}\n${endless}`,
      size,
    );
    assertEquals(good.length, 2);
    assertEquals(bad.map((error) => error.line), [2, 4]);
    assert(bad[0]!.message.includes("longer than"));
  }
  await assertRejects(
    () => Array.fromAsync(readActivities(pieces(endless, 65_536))),
    MalformedLine,
    "Line 1",
  );
});

Deno.test("whatever becomes of the bytes of a line, it is read or refused by its number", async () => {
  const line = JSON.stringify(GOOD);
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          at: fc.nat(line.length),
          drop: fc.nat(12),
          put: fc.oneof(
            fc.string({ maxLength: 6 }),
            fc.constantFrom("null", "1e999", '"', "\\u0000", "{", "\ud800"),
          ),
        }),
        { maxLength: 3 },
      ),
      fc.integer({ min: 1, max: 400 }),
      async (changes, size) => {
        let text = line;
        for (const { at, drop, put } of changes) {
          text = text.slice(0, at) + put + text.slice(at + drop);
        }
        text = text.replaceAll("\n", "");
        const { good, bad } = await read(`${line}\n${text}\n${line}`, size);
        assert(good.length >= 2 && good.length + bad.length <= 3);
        for (const error of bad) assertEquals(error.line, 2);
        JSON.stringify(await detectAnomalies(good));
      },
    ),
    { numRuns: 500 },
  );
});

Deno.test("the order of what happened in one instant does not matter", async () => {
  // Clocks of ten minutes: several hundred instants hold all that happened.
  const coarse = harbour(3, { each: 1, users: 150 }).activities.map((a) => ({
    ...a,
    at: Math.floor(new Date(a.at).getTime() / (10 * MINUTE)) * 10 * MINUTE,
  }));
  const report = await detectAnomalies(coarse);
  assert(report.anomalies.length > 0);
  await fc.assert(
    fc.asyncProperty(
      fc.infiniteStream(fc.nat()),
      async (numbers) => {
        const shuffled = coarse.map((a) => ({ a, n: numbers.next().value! }))
          .sort((x, y) => x.a.at - y.a.at || x.n - y.n).map(({ a }) => a);
        assertEquals(await detectAnomalies(shuffled), report);
        // One that comes twice at once, saying different things, is one of them, always the same.
        const twin = { ...shuffled[99]!, amount: 77, device: "other" };
        const before = shuffled.toSpliced(99, 0, twin);
        const after = shuffled.toSpliced(100, 0, twin);
        assertEquals(
          await detectAnomalies(before),
          await detectAnomalies(after),
        );
      },
    ),
    { numRuns: 5 },
  );
});

Deno.test("lines far out of order, and years apart, are no reason to fail", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          kind: fc.constantFrom(...ACTIVITY_KINDS),
          actorId: fc.constantFrom("a", "b", "c"),
          counterpartyId: fc.constantFrom("a", "b", "c", null),
          guildId: fc.constantFrom("g", null),
          bountyId: fc.constantFrom("x", "y", null),
          amount: fc.constantFrom(0, -1, 1, 1e308, null),
          at: fc.oneof(
            fc.integer({ min: 0, max: 30 * DAY }).map((t) => T + t),
            fc.constantFrom(0, Date.UTC(9999, 11, 31)),
            fc.integer({ min: 0, max: 20 }).map((t) =>
              new Date(T + t * DAY).toISOString()
            ),
          ),
        }),
        { maxLength: 200 },
      ),
      async (rows) => {
        const activities = rows.map((row, i) => ({
          ...GOOD,
          ...row,
          id: `id${i}`,
        })) as Activity[];
        const text = JSON.stringify(await detectAnomalies(activities));
        assert(!/NaN|Infinity|"Invalid/.test(text));
      },
    ),
    { numRuns: 100 },
  );
});

Deno.test("two hundred thousand activities of one person are a matter of seconds", () => {
  const oracle = new Oracle();
  const started = performance.now();
  for (let i = 0; i < 200_000; i++) {
    oracle.add({
      ...GOOD,
      id: `id${i}`,
      at: T + i * 500,
      kind: ACTIVITY_KINDS[i % ACTIVITY_KINDS.length]!,
      counterpartyId: `v${i * 7919 % 1000}`,
      bountyId: `b${Math.floor(i / 13)}`,
      outcome: null,
    });
  }
  oracle.report();
  assert(performance.now() - started < 20_000);
});
