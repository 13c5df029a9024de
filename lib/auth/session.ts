/** A signed-in browser. The cookie holds a random token; the store only its SHA-256. */
export interface Session {
  /** For lists and revoking; says nothing about the token. */
  id: string;
  tokenHash: string;
  userId: string;
  createdAt: number;
  expiresAt: number;
  /** As the browser gave it at sign-in, at most 200 characters. */
  userAgent: string;
  /** Fingerprint of browser and network, see `lib/http/caller.ts`. */
  device: string;
}
