import type { JSX } from "preact";
import { CircleAlert } from "lucide-preact";

export interface FieldProps {
  name: string;
  label: string;
  type?: "text" | "email" | "password" | "number" | "date" | "url";
  value?: string;
  hint?: string;
  /** What is wrong with it, in words. */
  wrong?: string;
  required?: boolean;
  autofocus?: boolean;
  autocomplete?: JSX.InputHTMLAttributes<HTMLInputElement>["autoComplete"];
  maxLength?: number;
  minLength?: number;
  pattern?: string;
  /** Of a number or a date. */
  min?: string | number;
  max?: string | number;
  /** Makes it a text area of so many rows. */
  rows?: number;
}

/** A labelled input with its hint and its error tied to it for screen readers. */
export function Field(props: FieldProps) {
  const { name, label, hint, wrong } = props;
  const id = `field-${name}`;
  const about = [wrong && `${id}-wrong`, hint && `${id}-hint`].filter(Boolean)
    .join(" ");
  const common = {
    id,
    name,
    class: "input",
    required: props.required,
    maxLength: props.maxLength,
    minLength: props.minLength,
    autoFocus: props.autofocus,
    "aria-invalid": wrong ? "true" as const : undefined,
    "aria-describedby": about || undefined,
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {props.rows
        ? <textarea {...common} rows={props.rows}>{props.value}</textarea>
        : (
          <input
            {...common}
            type={props.type ?? "text"}
            value={props.value}
            pattern={props.pattern}
            min={props.min}
            max={props.max}
            autoComplete={props.autocomplete}
          />
        )}
      {wrong && (
        <p class="wrong" id={`${id}-wrong`}>
          <CircleAlert size={14} aria-hidden="true" />
          {wrong}
        </p>
      )}
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}
