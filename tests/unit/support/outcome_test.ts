import { assertEquals } from "@std/assert";
import { countTests } from "../../support/outcome.ts";

Deno.test("countTests() reads what deno test says", () => {
  const passed = "a ... ok (1ms)\n\nok | 19 passed | 0 failed (1s)\n";
  assertEquals(countTests(passed, true), { passed: 19, failed: 0 });
  const steps = "FAILED | 8 passed (12 steps) | 2 failed (1 step) | 1 ignored";
  assertEquals(countTests(steps, false), { passed: 8, failed: 2 });
});

Deno.test("countTests() never calls a broken or an empty run a success", () => {
  assertEquals(countTests("error: Module not found", false), {
    passed: 0,
    failed: 1,
  });
  const crashed = "ok | 3 passed | 0 failed (1s)\nerror: leaked";
  assertEquals(countTests(crashed, false), { passed: 3, failed: 1 });
  assertEquals(countTests("ok | 0 passed | 0 failed (0ms)", true), {
    passed: 0,
    failed: 1,
  });
});

Deno.test("countTests() is not taken in by a test that prints a summary within a line", () => {
  const printed =
    "name: ok | 5 passed | 0 failed\nok | 1 passed | 0 failed (1ms)";
  assertEquals(countTests(printed, true), { passed: 1, failed: 0 });
});
