import { html } from "lit";
import { relative, utc } from "../format.js";

/** How long ago, with the exact time in UTC as its title. */
export function when(time) {
  return time
    ? html`<time datetime=${time} title=${utc(time)}>${relative(time)}</time>`
    : html`<span class="absent">never</span>`;
}

/** The exact time where the order of events matters more than their age. */
export function exactly(time) {
  return time ? html`<time class="exact" datetime=${time} title=${relative(time)}>${utc(time)}</time>` : html`<span class="absent">never</span>`;
}
