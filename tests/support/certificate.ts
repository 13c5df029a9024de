import { Buffer } from "node:buffer";
import { generateKeyPairSync, sign } from "node:crypto";

/** A piece of DER: tag, length, content. */
function der(tag: number, ...content: Uint8Array[]): Uint8Array {
  const body = Buffer.concat(content);
  const { length } = body;
  const size = length < 128
    ? [length]
    : length < 256
    ? [0x81, length]
    : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Uint8Array.from([tag, ...size]), body]);
}

const sequence = (...content: Uint8Array[]) => der(0x30, ...content);
const bytes = (...values: number[]) => Uint8Array.from(values);
const text = (tag: number, value: string) => der(tag, Buffer.from(value));

const ECDSA_SHA256 = sequence(
  der(0x06, bytes(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02)),
);
const COMMON_NAME = der(0x06, bytes(0x55, 0x04, 0x03));
const SUBJECT_ALT_NAME = der(0x06, bytes(0x55, 0x1d, 0x11));

/** `YYMMDDhhmmssZ` */
const utc = (at: number) =>
  text(
    0x17,
    new Date(at).toISOString().replace(/[-:T]|\.\d+/g, "").slice(2),
  );

const DAY = 86_400_000;

/**
 * A certificate of its own making for 127.0.0.1, valid for a day, with its key, both PEM. A process that finds it in
 * `DENO_CERT` trusts it: what insists on https is tested over https.
 */
export function loopbackCertificate(): { cert: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", {
    namedCurve: "prime256v1",
  });
  const name = sequence(
    der(0x31, sequence(COMMON_NAME, text(0x0c, "Nexora test"))),
  );
  const now = Date.now();
  const toBeSigned = sequence(
    der(0xa0, der(0x02, bytes(2))),
    der(0x02, bytes(1)),
    ECDSA_SHA256,
    name,
    sequence(utc(now - DAY), utc(now + DAY)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(
      0xa3,
      sequence(
        sequence(
          SUBJECT_ALT_NAME,
          der(0x04, sequence(der(0x87, bytes(127, 0, 0, 1)))),
        ),
      ),
    ),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  const certificate = sequence(
    toBeSigned,
    ECDSA_SHA256,
    der(0x03, bytes(0), signature),
  );
  const lines = Buffer.from(certificate).toString("base64")
    .match(/.{1,64}/g)!.join("\n");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: String(privateKey.export({ type: "pkcs8", format: "pem" })),
  };
}
