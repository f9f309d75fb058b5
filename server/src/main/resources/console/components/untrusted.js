import { html, nothing } from "lit";
import { commandLine, cutEnd, cutMiddle, visibleParts } from "../text.js";
import { Element } from "./element.js";

const mark = (part) =>
  part.name === undefined ? part.text : html`<span class="invisible" title=${part.name}>${part.text}</span>`;

/** Isolated in direction, everything invisible made visible, text nodes only. */
function isolated(text) {
  return html`<bdi dir="ltr">${visibleParts(text).map(mark)}</bdi>`;
}

/** Long text with a button that shows the rest. */
class UntrustedText extends Element {
  static properties = { text: { attribute: false }, limit: { attribute: false }, isOpen: { state: true } };

  willUpdate(changed) {
    if (changed.has("text")) {
      this.isOpen = false;
    }
  }

  render() {
    const { head, hidden } = cutEnd(this.text, this.limit);
    if (hidden === 0) {
      return isolated(this.text);
    }
    const toggle = () => (this.isOpen = !this.isOpen);
    return html`${isolated(this.isOpen ? this.text : `${head}…`)}
      <button type="button" class="link more" aria-expanded=${String(this.isOpen)} @click=${toggle}>
        ${this.isOpen ? "show less" : `show ${hidden.toLocaleString("en-US")} more characters`}
      </button>`;
  }
}
customElements.define("exo-untrusted", UntrustedText);

/** Text from a host, of any length; the rest of long text can be shown. Not for use within links and buttons. */
export function untrusted(text, limit = 240) {
  return text === null || text === undefined
    ? html`<span class="absent">not known</span>`
    : html`<exo-untrusted .text=${String(text)} .limit=${limit}></exo-untrusted>`;
}

/** Text from a host for one line of a list or within a link; the middle of long text is left out. */
export function untrustedShort(text, limit = 96) {
  return text === null || text === undefined ? nothing : isolated(cutMiddle(String(text), limit));
}

/** The arguments of a process. */
export function untrustedCommand(words, isTruncated = false, limit = 240) {
  if (!words || words.length === 0) {
    return html`<span class="absent">no arguments known</span>`;
  }
  return html`<code class="command">${untrusted(commandLine(words), limit)}</code>${isTruncated
    ? html` <span class="hint">cut by the agent</span>`
    : nothing}`;
}
