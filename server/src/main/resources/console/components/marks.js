import { html, nothing, svg } from "lit";
import { sentenceWords, words } from "../format.js";

// A shape per severity, so that color is never the only difference.
const SHAPES = {
  critical: svg`<path d="M5 1h6l4 4v6l-4 4H5l-4-4V5Z"/><path class="cut" d="M8 4v5M8 11.400v.2"/>`,
  high: svg`<path d="M8 1.300 15.200 14.300H.8Z"/>`,
  medium: svg`<path d="m8 .8 7.200 7.200L8 15.200.8 8Z"/>`,
  low: svg`<rect x="2" y="2" width="12" height="12" rx="1.500"/>`,
  informational: svg`<circle class="ring" cx="8" cy="8" r="5.700"/>`,
};

export const SEVERITIES = ["critical", "high", "medium", "low", "informational"];

/** Shape and word. */
export function severity(level) {
  return html`<span class="severity ${level}">${severityShape(level)}<span>${sentenceWords(level)}</span></span>`;
}

/** The shape alone, where the word stands beside it. */
export function severityShape(level) {
  return html`<svg class="shape ${level}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${SHAPES[level]}</svg>`;
}

// Tone is decoration: each of these is always shown with its word.
const TONES = {
  new: "accent", in_progress: "warn", resolved: "quiet", suppressed: "quiet",
  true_positive: "bad", false_positive: "quiet", benign: "good",
  connected: "good", silent: "warn", banned: "bad",
  full: "good", reduced: "warn", minimal: "bad", none: "bad",
  running: "good", standby: "quiet", unavailable: "warn", failed: "bad",
  learn: "accent", monitor: "good",
  allow: "good", deny: "bad", unknown: "warn", pending: "quiet",
};

/** A state in a word, with a dot in its tone: filled where all is well or active, hollow where it is not. */
export function state(code) {
  if (code === null || code === undefined) {
    return html`<span class="absent">not known</span>`;
  }
  return html`<span class="state ${TONES[code] ?? "quiet"}">${sentenceWords(code)}</span>`;
}

/** A fixed word of ours, small. */
export function tag(text, tone = "") {
  return text ? html`<span class="tag ${tone}">${words(text)}</span>` : nothing;
}
