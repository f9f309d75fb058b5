import { html, nothing } from "lit";
import { href } from "../router.js";
import { shortHash } from "../format.js";
import { Element } from "./element.js";
import { icon } from "./icon.js";

const CONFIRMED_MILLIS = 1500;

class CopyButton extends Element {
  static properties = { text: { attribute: false }, label: { attribute: false }, isDone: { state: true } };

  render() {
    return html`<button type="button" class="icon-button small" aria-label=${`Copy ${this.label}`} title=${`Copy ${this.label}`} @click=${this.#copy}>
      ${icon(this.isDone ? "check" : "copy")}
    </button>`;
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.text);
      this.isDone = true;
      this.notify(`Copied ${this.label}`);
      setTimeout(() => (this.isDone = false), CONFIRMED_MILLIS);
    } catch {
      this.notify("The browser refused to copy; select the text instead");
    }
  }
}
customElements.define("exo-copy", CopyButton);

/** Copies a text; the label says what it is. */
export function copyButton(text, label) {
  return html`<exo-copy .text=${text} .label=${label}></exo-copy>`;
}

/** A short hash that leads to the page of its code object. */
export function hashLink(sha256) {
  return sha256
    ? html`<a class="hash" href=${href("code", sha256)} title=${sha256}><code>${shortHash(sha256)}</code></a>`
    : nothing;
}

/** The whole hash, to be compared and copied. */
export function fullHash(sha256, isLink = true) {
  const text = html`<code class="full-hash">${sha256}</code>`;
  return html`<span class="copyable">${isLink ? html`<a href=${href("code", sha256)}>${text}</a>` : text}${copyButton(sha256, "SHA-256")}</span>`;
}
