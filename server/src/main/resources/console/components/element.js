import { LitElement } from "lit";

/**
 * Base of all our elements. They render into the page itself, not into a shadow root: labels, descriptions and focus then
 * work across them, and one set of style sheets covers everything.
 */
export class Element extends LitElement {
  createRenderRoot() {
    return this;
  }

  /** Tells the operator something in passing; the shell shows and announces it. */
  notify(message) {
    this.dispatchEvent(new CustomEvent("exo-notice", { detail: message, bubbles: true }));
  }
}
