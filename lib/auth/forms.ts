import { z } from "zod";
import { Email, Handle, Name } from "../users/mod.ts";

/** Long enough for any passphrase, short enough that hashing stays cheap. */
const MAX_PASSWORD = 200;

const NewPassword = z.string({ error: "Enter a password" })
  .min(8, "At least 8 characters")
  .max(MAX_PASSWORD, `At most ${MAX_PASSWORD} characters`);

/** Body of `POST /api/session` and of the sign-in form. */
export const SignInForm = z.object({
  email: Email,
  password: z.string({ error: "Enter your password" }).min(
    1,
    "Enter your password",
  ).max(MAX_PASSWORD),
});
export type SignInForm = z.infer<typeof SignInForm>;

/** Body of `POST /api/users` and of the sign-up form. Without a handle one is made from the name. */
export const SignUpForm = z.object({
  name: Name,
  email: Email,
  password: NewPassword,
  handle: z.preprocess(
    (value) => value === "" ? undefined : value,
    Handle.optional(),
  ),
});
export type SignUpForm = z.infer<typeof SignUpForm>;

/** Body of `POST /api/session/demo`. */
export const DemoSignInForm = z.object({
  handle: z.string({ error: "Name a demo user" }).trim().toLowerCase().min(1)
    .max(32),
});

export const PasswordChange = z.object({
  current: z.string({ error: "Enter your present password" }).min(1).max(
    MAX_PASSWORD,
  ),
  password: NewPassword,
});
export type PasswordChange = z.infer<typeof PasswordChange>;
