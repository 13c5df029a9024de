import { CircleAlert } from "lucide-preact";

export interface SelectProps {
  name: string;
  label: string;
  options: { value: string; text: string }[];
  value?: string;
  /** What is wrong with it, in words. */
  wrong?: string;
  required?: boolean;
}

/** A labelled choice with its error tied to it for screen readers. */
export function Select(
  { name, label, options, value, wrong, required }: SelectProps,
) {
  const id = `field-${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        name={name}
        class="input"
        required={required}
        aria-invalid={wrong ? "true" : undefined}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
      >
        {options.map((option) => (
          <option
            key={option.value}
            value={option.value}
            selected={option.value === value}
          >
            {option.text}
          </option>
        ))}
      </select>
      {wrong && (
        <p class="wrong" id={`${id}-wrong`}>
          <CircleAlert size={14} aria-hidden="true" />
          {wrong}
        </p>
      )}
    </div>
  );
}
