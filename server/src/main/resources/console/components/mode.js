import { html, nothing } from "lit";
import { countdown } from "../format.js";
import { state } from "./marks.js";

/** The mode of a group, and how long it still learns. */
export function modeCell(group) {
  const left = group.learn_until ? Date.parse(group.learn_until) - Date.now() : null;
  return html`${state(group.mode)}${group.mode === "learn"
    ? html`<span class="hint below nowrap">${left === null ? "until it is frozen" : left > 0 ? `${countdown(left)} left` : "freezing now"}</span>`
    : nothing}`;
}
