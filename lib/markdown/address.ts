const SCHEMES = new Set(["http:", "https:", "mailto:"]);

/** The address as a browser will follow it, if it may be followed from a message; else `null`. */
export function safeAddress(text: string): string | null {
  try {
    const url = new URL(text);
    if (!SCHEMES.has(url.protocol)) return null;
    // `https://bank.example@evil.example` reads as what it is not.
    if (url.username !== "" || url.password !== "") return null;
    return url.href;
  } catch {
    return null;
  }
}

/** Takes off punctuation that ends a sentence, and a closing bracket that was opened before the address. */
export function withoutTail(address: string): string {
  for (;;) {
    const last = address.at(-1) ?? "";
    const stray = /[.,;:!?*_~]/.test(last) ||
      (last === ")" && count(address, ")") > count(address, "(")) ||
      (last === "]" && count(address, "]") > count(address, "["));
    if (!stray) return address;
    address = address.slice(0, -1);
  }
}

function count(text: string, letter: string): number {
  return text.split(letter).length - 1;
}
