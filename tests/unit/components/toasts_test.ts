import { assertEquals } from "@std/assert";
import { TOAST_LIFE, ToastStack } from "../../../components/toasts/stack.ts";

/** Time that passes when told to. */
function stackAt0() {
  let now = 0;
  let timers: { at: number; run: () => void }[] = [];
  const stack = new ToastStack((ms, run) => {
    const timer = { at: now + ms, run };
    timers.push(timer);
    return () => {
      timers = timers.filter((other) => other !== timer);
    };
  }, () => now);
  const pass = (ms: number) => {
    const end = now + ms;
    for (;;) {
      const next = timers.filter((t) =>
        t.at <= end
      ).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      now = next.at;
      timers = timers.filter((t) => t !== next);
      next.run();
    }
    now = end;
  };
  return {
    stack,
    pass,
    titles: () => stack.toasts.value.map((toast) => toast.title),
  };
}

Deno.test("a toast goes after five seconds, an error after ten", () => {
  const { stack, pass, titles } = stackAt0();
  stack.show({ title: "plain" });
  stack.show({ title: "bad", tone: "bad" });
  pass(TOAST_LIFE - 1);
  assertEquals(titles(), ["bad", "plain"]);
  pass(1);
  assertEquals(titles(), ["bad"]);
  pass(TOAST_LIFE);
  assertEquals(titles(), []);
});

Deno.test("time stands still while held, until the last hold is released", () => {
  const { stack, pass, titles } = stackAt0();
  stack.show({ title: "a" });
  pass(3_000);
  stack.hold("hover");
  stack.hold("hidden");
  pass(60_000);
  stack.release("hover");
  pass(60_000);
  assertEquals(titles(), ["a"]);
  stack.release("hidden");
  pass(1_999);
  assertEquals(titles(), ["a"]);
  pass(1);
  assertEquals(titles(), []);
});

Deno.test("a toast that arrives while held waits too", () => {
  const { stack, pass, titles } = stackAt0();
  stack.hold("hidden");
  stack.show({ title: "a" });
  pass(60_000);
  assertEquals(titles(), ["a"]);
  stack.release("hidden");
  pass(TOAST_LIFE);
  assertEquals(titles(), []);
});

Deno.test("a toast with a key replaces its predecessor and can be taken away by it", () => {
  const { stack, pass, titles } = stackAt0();
  stack.show({ title: "1 joined", key: "joins" });
  stack.show({ title: "other" });
  pass(4_000);
  stack.show({ title: "2 joined", key: "joins" });
  assertEquals(titles(), ["2 joined", "other"]);
  pass(4_000);
  assertEquals(titles(), ["2 joined"]);
  stack.dismissKey("joins");
  assertEquals(titles(), []);
});

Deno.test("a burst keeps the newest twenty", () => {
  const { stack, titles } = stackAt0();
  for (let i = 1; i <= 50; i++) stack.show({ title: String(i) });
  assertEquals(titles().length, 20);
  assertEquals(titles()[0], "50");
});

Deno.test("all toasts of a kind are taken away by what their keys begin with", () => {
  const { stack, titles } = stackAt0();
  stack.show({ title: "a", key: "note 1" });
  stack.show({ title: "b", key: "note 2" });
  stack.show({ title: "c", key: "other" });
  stack.show({ title: "d" });
  stack.dismissKey("note ", true);
  assertEquals(titles(), ["d", "c"]);
});
