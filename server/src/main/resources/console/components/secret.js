import { html } from "lit";
import { copyButton } from "./copy.js";
import { note } from "./failure.js";

/** A dialog without a question: a secret that stands nowhere else, and goes with the dialog. */
export function shownOnce(heading, text, use) {
  return {
    heading,
    body: html`
      ${note("Copy it now. It is shown this once and cannot be read again.", "warn", "warning")}
      <p class="secret"><code>${text}</code>${copyButton(text, "token")}</p>
      <p class="hint">${use}</p>`,
  };
}
