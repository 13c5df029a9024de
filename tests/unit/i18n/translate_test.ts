import { assert, assertEquals } from "@std/assert";
import { en } from "../../../lib/i18n/en.ts";
import { readerOf, translatorFor } from "../../../lib/i18n/mod.ts";
import { createTranslate } from "../../../lib/i18n/translate.ts";

Deno.test("parameters are filled in and numbers written as the language does", () => {
  const t = createTranslate({
    a: "{name} has {count}",
    n: { one: "{count} day", other: "{count} days" },
  }, "en");
  assertEquals(t("a", { name: "Ada", count: 12345 }), "Ada has 12,345");
  assertEquals(t("n", { count: 1 }), "1 day");
  assertEquals(t("n", { count: 0 }), "0 days");
});

Deno.test("a value that looks like a parameter is not filled in again", () => {
  const t = createTranslate({ a: "{x} {y}" }, "en");
  assertEquals(t("a", { x: "{y}", y: "$&" }), "{y} $&");
});

Deno.test("no text of the catalogue is empty and plural forms name the same parameters", () => {
  const names = (text: string) => new Set(text.match(/\{\w+\}/g));
  for (const [key, entry] of Object.entries(en)) {
    if (typeof entry === "string") assert(entry.trim() !== "", key);
    else assertEquals(names(entry.one), names(entry.other), key);
  }
});

Deno.test("a language we do not have reads English, with its own dates", () => {
  assertEquals(translatorFor("de-CH"), translatorFor("en"));
  const reader = readerOf(null, "de-CH,de;q=0.9", () => 0);
  assertEquals(reader.locale, "de-CH");
});

Deno.test("a malformed locale from outside falls back", () => {
  assertEquals(readerOf(null, "*", () => 0).locale, "en");
  assertEquals(
    readerOf({ locale: "!!", timeZone: "UTC" }, null, () => 0).locale,
    "en",
  );
});

Deno.test("the browser adds the region to a language somebody chose, and never another language", () => {
  const user = { locale: "en", timeZone: "UTC" };
  assertEquals(readerOf(user, "en-GB,en;q=0.9", () => 0).locale, "en-GB");
  assertEquals(readerOf(user, "de-CH", () => 0).locale, "en");
  assertEquals(
    readerOf({ ...user, locale: "en-US" }, "en-GB", () => 0).locale,
    "en-US",
  );
});
