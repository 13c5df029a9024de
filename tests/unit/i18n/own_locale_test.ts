import { assertEquals } from "@std/assert";
import { ownLocale } from "../../../lib/i18n/own_locale.ts";

Deno.test("a browser's language is one that Intl takes, whatever it says", () => {
  assertEquals(ownLocale(["de-at"]), "de-AT");
  assertEquals(ownLocale(["en-US@posix"]), "en-US");
  assertEquals(ownLocale(["", "*", "C_x", "pt-BR"]), "pt-BR");
  assertEquals(ownLocale([]), "en");
});
