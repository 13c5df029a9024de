/** A signed-in browser. The cookie holds a random token; the store only its SHA-256. */
export interface Session {
  tokenHash: string;
  userId: string;
  createdAt: number;
  expiresAt: number;
}
