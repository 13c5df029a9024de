import { assertEquals } from "@std/assert";
import { RULES } from "../../../lib/bounties/mod.ts";
import { ROOT } from "../../support/app.ts";

Deno.test("the reference has the table of states as the machine has it", async () => {
  const page = await Deno.readTextFile(`${ROOT}docs/reference.md`);
  const section = page.split(/^## /m).find((text) =>
    text.startsWith("States of a bounty")
  )!;
  const rows = section.split("\n").filter((line) => line.startsWith("| `"))
    .map((line) => line.split("|").slice(1, 4).map((cell) => cell.trim()));
  assertEquals(
    rows,
    Object.entries(RULES).map(([verb, { from, to }]) => [
      `\`${verb}\``,
      from.join(", "),
      to ?? "as it was",
    ]),
  );
});
