/** A small S3: enough of the API for objects and multipart uploads, with signatures checked as AWS describes them. */
import { createHash, createHmac } from "node:crypto";

export interface S3Server extends AsyncDisposable {
  readonly options: {
    endpoint: string;
    bucket: string;
    region: string;
    accessKeyId: string;
    secretAccessKey: string;
  };
  readonly objects: Map<string, { bytes: Uint8Array; type: string }>;
  /** Multipart uploads that are neither completed nor aborted. */
  readonly uploads: Map<string, Map<number, Uint8Array>>;
  /** Answers the next `n` requests with 503. */
  fail(n: number): void;
  requests: number;
}

const hex = (text: string | Uint8Array) =>
  createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Uint8Array, text: string) =>
  createHmac("sha256", key).update(text).digest();
const encode = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** Signature Version 4, from the request as it arrived. */
function signatureOf(request: Request, secret: string): string | null {
  const match = request.headers.get("authorization")?.match(
    /^AWS4-HMAC-SHA256 Credential=[^/]+\/(\d+)\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=(.+)$/,
  );
  if (!match) return null;
  const [, day, region, signed, given] = match as unknown as string[];
  const url = new URL(request.url);
  const query = [...url.searchParams].map(([k, v]) =>
    `${encode(k)}=${encode(v)}`
  )
    .sort().join("&");
  const headers = signed!.split(";").map((name) =>
    `${name}:${
      name === "host" ? url.host : request.headers.get(name)!.trim()
    }\n`
  );
  const canonical = [
    request.method,
    decodeURIComponent(url.pathname).split("/").map(encode).join("/"),
    query,
    headers.join(""),
    signed,
    request.headers.get("x-amz-content-sha256"),
  ].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = [
    "AWS4-HMAC-SHA256",
    request.headers.get("x-amz-date"),
    scope,
    hex(canonical),
  ].join("\n");
  let key: Uint8Array = hmac(`AWS4${secret}`, day!);
  for (const part of [region!, "s3", "aws4_request"]) key = hmac(key, part);
  const right = createHmac("sha256", key).update(text).digest("hex");
  return right === given ? right : null;
}

export function startS3Server(): S3Server {
  const bucket = "nexora-test";
  const secretAccessKey = "secret/with+signs";
  const objects: S3Server["objects"] = new Map();
  const uploads: S3Server["uploads"] = new Map();
  const types = new Map<string, string>();
  let failing = 0;
  let ids = 0;
  const self = { requests: 0 };
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      self.requests++;
      const bytes = new Uint8Array(await request.arrayBuffer());
      if (failing > 0) {
        failing--;
        return new Response("busy", { status: 503 });
      }
      if (!signatureOf(request, secretAccessKey)) {
        return new Response("<Code>SignatureDoesNotMatch</Code>", {
          status: 403,
        });
      }
      const url = new URL(request.url);
      const name = decodeURIComponent(url.pathname);
      if (!name.startsWith(`/${bucket}/`)) {
        return new Response("<Code>NoSuchBucket</Code>", { status: 404 });
      }
      const query = url.searchParams;
      const uploadId = query.get("uploadId");
      if (query.has("uploads")) {
        const id = `upload-${++ids}`;
        uploads.set(id, new Map());
        types.set(id, request.headers.get("content-type") ?? "");
        return new Response(
          `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
        );
      }
      if (uploadId !== null) {
        const parts = uploads.get(uploadId);
        if (!parts) {
          return new Response("<Code>NoSuchUpload</Code>", { status: 404 });
        }
        if (request.method === "PUT") {
          parts.set(Number(query.get("partNumber")), bytes);
          return new Response(null, { headers: { etag: `"${hex(bytes)}"` } });
        }
        uploads.delete(uploadId);
        if (request.method === "DELETE") {
          return new Response(null, { status: 204 });
        }
        const named = new TextDecoder().decode(bytes).matchAll(
          /<PartNumber>(\d+)<\/PartNumber><ETag>"([^"]*)"<\/ETag>/g,
        );
        const whole: number[][] = [];
        for (const [, number, tag] of named) {
          const part = parts.get(Number(number));
          if (!part || hex(part) !== tag) {
            return new Response("<Error>InvalidPart</Error>");
          }
          whole.push([...part]);
        }
        if (whole.slice(0, -1).some((part) => part.length < 5 * 1024 * 1024)) {
          return new Response("<Error>EntityTooSmall</Error>");
        }
        objects.set(name, {
          bytes: new Uint8Array(whole.flat()),
          type: types.get(uploadId)!,
        });
        return new Response("<CompleteMultipartUploadResult/>");
      }
      switch (request.method) {
        case "PUT":
          objects.set(name, {
            bytes,
            type: request.headers.get("content-type") ?? "",
          });
          return new Response(null);
        case "DELETE":
          objects.delete(name);
          return new Response(null, { status: 204 });
        default: {
          const object = objects.get(name);
          if (!object) {
            return new Response("<Code>NoSuchKey</Code>", { status: 404 });
          }
          const [, from, to] = request.headers.get("range")?.match(
            /bytes=(\d+)-(\d+)/,
          ) ?? [];
          return new Response(
            object.bytes.slice(Number(from ?? 0), Number(to ?? Infinity) + 1),
            {
              status: from ? 206 : 200,
              headers: { "content-type": object.type },
            },
          );
        }
      }
    },
  );
  return Object.assign(self, {
    options: {
      endpoint: `http://127.0.0.1:${server.addr.port}`,
      bucket,
      region: "eu-central-1",
      accessKeyId: "AKIATEST",
      secretAccessKey,
    },
    objects,
    uploads,
    fail(n: number) {
      failing = n;
    },
    async [Symbol.asyncDispose]() {
      await server.shutdown();
    },
  });
}
