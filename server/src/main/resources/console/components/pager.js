import { html, nothing } from "lit";
import { icon } from "./icon.js";

/**
 * Place in a list whose pages are known only by the cursor of the next one: the cursors passed so far are the way back.
 */
export class Cursors {
  #passed = [null];

  get current() {
    return this.#passed.at(-1);
  }

  get isFirst() {
    return this.#passed.length === 1;
  }

  get number() {
    return this.#passed.length;
  }

  forward(next) {
    this.#passed.push(next);
  }

  back() {
    this.#passed.pop();
  }
}

/** Buttons below a list; nothing where all of it is on one page. */
export function pager(cursors, next, reload, words = ["Newer", "Older"]) {
  if (cursors.isFirst && !next) {
    return nothing;
  }
  const go = (move) => () => {
    move();
    reload();
  };
  return html`<nav class="pager" aria-label="Pages of this list">
    <button type="button" class="small" ?disabled=${cursors.isFirst} @click=${go(() => cursors.back())}>${icon("back")}${words[0]}</button>
    <span>Page ${cursors.number}</span>
    <button type="button" class="small" ?disabled=${!next} @click=${go(() => cursors.forward(next))}>${words[1]}${icon("next")}</button>
  </nav>`;
}
