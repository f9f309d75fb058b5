import { html, nothing } from "lit";
import { visibleText } from "../text.js";
import { icon } from "./icon.js";

function sentence(message) {
  const text = visibleText(message, 400);
  // Past the isolate mark that visibleText puts first.
  return text.charAt(0) + text.charAt(1).toUpperCase() + text.slice(2);
}

/** What a failed call said. The server's words name the cause and what to do, so they are shown as they are. */
export function failureBox(failure, retry = null) {
  if (!failure) {
    return nothing;
  }
  return html`<div class="callout bad" role="alert">
    ${icon("warning")}
    <p>${sentence(failure.message)}${failure.field ? html` <span class="hint">(${failure.field})</span>` : nothing}</p>
    ${retry ? html`<button type="button" class="small" @click=${retry}>Try again</button>` : nothing}
  </div>`;
}

/** A note that is no failure. */
export function note(content, tone = "", symbol = "info") {
  return html`<div class="callout ${tone}">${icon(symbol)}<p>${content}</p></div>`;
}
