export {
  type AccountDeps,
  changePassword,
  confirmPassword,
  type SignedIn,
  signIn,
  signInDemo,
  signUp,
} from "./accounts.ts";
export {
  DemoSignInForm,
  PasswordChange,
  SignInForm,
  SignUpForm,
} from "./forms.ts";
export {
  type Actor,
  type BountyRight,
  type BountyStanding,
  createPolicy,
  mayBounty,
  type Policy,
  type Right,
} from "./policy.ts";
export type { Session } from "./session.ts";
export {
  endSession,
  findSession,
  listSessions,
  renewSession,
  revokeSession,
  revokeSessions,
  SESSION_LIFE,
} from "./sessions.ts";
