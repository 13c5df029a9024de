/** A text, or its plural forms by `Intl.PluralRules` category; `{name}` stands for a parameter. */
export type Entry = string | { readonly one: string; readonly other: string };
export type Catalogue = Readonly<Record<string, Entry>>;

/** The parameters a text names: `"{count} of {total}"` → `"count" | "total"`. */
type Names<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;
type EntryNames<E extends Entry> = E extends string ? Names<E>
  : E extends { other: infer O extends string } ? Names<O> | "count"
  : never;
type Values<E extends Entry> = {
  [N in EntryNames<E>]: N extends "count" ? number : string | number;
};
type Rest<E extends Entry> = [EntryNames<E>] extends [never] ? []
  : [values: Values<E>];

/** `t("chat.newMessages", { count: 3 })`: the key and its parameters are checked against the catalogue. */
export type Translate<C extends Catalogue> = <K extends keyof C & string>(
  key: K,
  ...values: Rest<C[K]>
) => string;

/**
 * Makes the function that looks texts up in `catalogue`. Numbers are written as `locale` writes them.
 *
 * A parameter that is missing stays visible as `{name}`; a test walks the catalogue, so it does not happen silently.
 */
export function createTranslate<const C extends Catalogue>(
  catalogue: C,
  locale: string,
): Translate<C> {
  const plural = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);
  return (key, ...rest) => {
    const values = (rest[0] ?? {}) as Record<string, string | number>;
    const entry = catalogue[key] as Entry;
    const text = typeof entry === "string"
      ? entry
      : plural.select(Number(values.count)) === "one"
      ? entry.one
      : entry.other;
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === "number" ? number.format(value) : value;
    });
  };
}
