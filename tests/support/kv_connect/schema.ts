import protobuf from "protobufjs";

/** The messages of KV Connect 3's data path (source: `proto/schema/datapath.proto` of denoland/denokv). */
const root = protobuf.parse(`
syntax = "proto3";
message SnapshotRead { repeated ReadRange ranges = 1; }
message ReadRange { bytes start = 1; bytes end = 2; int32 limit = 3; bool reverse = 4; }
message SnapshotReadOutput {
  repeated ReadRangeOutput ranges = 1;
  bool read_disabled = 2;
  bool read_is_strongly_consistent = 4;
  int32 status = 8;
}
message ReadRangeOutput { repeated KvEntry values = 1; }
message KvEntry { bytes key = 1; bytes value = 2; int32 encoding = 3; bytes versionstamp = 4; }
message AtomicWrite {
  repeated Check checks = 1;
  repeated Mutation mutations = 2;
  repeated Enqueue enqueues = 3;
}
message Check { bytes key = 1; bytes versionstamp = 2; }
message Mutation { bytes key = 1; KvValue value = 2; int32 mutation_type = 3; int64 expire_at_ms = 4; }
message KvValue { bytes data = 1; int32 encoding = 2; }
message Enqueue { bytes payload = 1; }
message AtomicWriteOutput { int32 status = 1; bytes versionstamp = 2; repeated uint32 failed_checks = 4; }
message Watch { repeated WatchKey keys = 1; }
message WatchKey { bytes key = 1; }
message WatchOutput { int32 status = 1; repeated WatchKeyOutput keys = 2; }
message WatchKeyOutput { bool changed = 1; KvEntry entry_if_changed = 2; }
`).root;

export interface ReadRange {
  start: Uint8Array;
  end: Uint8Array;
  limit: number;
  reverse: boolean;
}
export interface WireEntry {
  key: Uint8Array;
  value: Uint8Array;
  encoding: number;
  versionstamp: Uint8Array;
}
export interface WireCheck {
  key: Uint8Array;
  versionstamp: Uint8Array;
}
export interface WireMutation {
  key: Uint8Array;
  value: { data: Uint8Array; encoding: number } | null;
  mutationType: number;
  /** Milliseconds since 1970; 0 for never. */
  expireAtMs: number;
}

export const ENCODING = { v8: 1, le64: 2, bytes: 3 } as const;
export const MUTATION = { set: 1, delete: 2, sum: 3, max: 4, min: 5 } as const;
export const READ_SUCCESS = 1;
export const WRITE_STATUS = {
  unspecified: 0,
  success: 1,
  checkFailure: 2,
} as const;

const type = (name: string) => root.lookupType(name);
const types = {
  SnapshotRead: type("SnapshotRead"),
  SnapshotReadOutput: type("SnapshotReadOutput"),
  AtomicWrite: type("AtomicWrite"),
  AtomicWriteOutput: type("AtomicWriteOutput"),
  Watch: type("Watch"),
  WatchOutput: type("WatchOutput"),
};

function decode(name: keyof typeof types, body: Uint8Array): unknown {
  return types[name].toObject(types[name].decode(body), {
    defaults: true,
    arrays: true,
    longs: Number,
  });
}

function encode(
  name: keyof typeof types,
  message: object,
): Uint8Array<ArrayBuffer> {
  const bytes = types[name].encode(types[name].create(message)).finish();
  return bytes as Uint8Array<ArrayBuffer>;
}

export function decodeSnapshotRead(body: Uint8Array): { ranges: ReadRange[] } {
  return decode("SnapshotRead", body) as { ranges: ReadRange[] };
}

export function decodeAtomicWrite(body: Uint8Array): {
  checks: WireCheck[];
  mutations: WireMutation[];
  enqueues: unknown[];
} {
  return decode("AtomicWrite", body) as ReturnType<typeof decodeAtomicWrite>;
}

export function decodeWatch(body: Uint8Array): { keys: { key: Uint8Array }[] } {
  return decode("Watch", body) as { keys: { key: Uint8Array }[] };
}

export function encodeSnapshotRead(
  ranges: WireEntry[][],
): Uint8Array<ArrayBuffer> {
  return encode("SnapshotReadOutput", {
    ranges: ranges.map((values) => ({ values })),
    readIsStronglyConsistent: true,
    status: READ_SUCCESS,
  });
}

export function encodeAtomicWrite(
  output:
    | { status: number; versionstamp: Uint8Array }
    | { status: number; failedChecks: number[] }
    | { status: number },
): Uint8Array<ArrayBuffer> {
  return encode("AtomicWriteOutput", output);
}

/** Every key as changed, with its full entry: a client takes an unchanged key of a multi-key watch for an absent one. */
export function encodeWatch(
  entries: (WireEntry | null)[],
): Uint8Array<ArrayBuffer> {
  return encode("WatchOutput", {
    status: READ_SUCCESS,
    keys: entries.map((entry) => ({
      changed: true,
      ...(entry && { entryIfChanged: entry }),
    })),
  });
}
