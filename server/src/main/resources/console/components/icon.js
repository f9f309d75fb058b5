import { html, svg } from "lit";

// 16 x 16, drawn with the current color.
const STROKES = {
  overview: svg`<rect x="2" y="2" width="5" height="6" rx="1"/><rect x="9" y="2" width="5" height="3.500" rx="1"/><rect x="9" y="8" width="5" height="6" rx="1"/><rect x="2" y="10.500" width="5" height="3.500" rx="1"/>`,
  alerts: svg`<path d="M8 2.200 14.300 13H1.700Z"/><path d="M8 6.500v3M8 11.200v.1"/>`,
  hosts: svg`<rect x="2" y="2.500" width="12" height="4.500" rx="1"/><rect x="2" y="9" width="12" height="4.500" rx="1"/><path d="M4.500 4.750h.1M4.500 11.250h.1"/>`,
  groups: svg`<path d="m8 2 6 3-6 3-6-3Z"/><path d="m2 8 6 3 6-3M2 11l6 3 6-3"/>`,
  audit: svg`<path d="M4 2h6l3 3v9H4Z"/><path d="M6.500 7h4M6.500 9.500h4M6.500 12h2"/>`,
  administration: svg`<circle cx="5.500" cy="8" r="3"/><path d="M8.500 8H14v2.500M11.500 8v2"/>`,
  account: svg`<circle cx="8" cy="5.500" r="2.800"/><path d="M2.500 14c.5-3 2.700-4.500 5.500-4.500s5 1.500 5.500 4.500"/>`,
  copy: svg`<rect x="5.500" y="5.500" width="8" height="8" rx="1.500"/><path d="M10.500 5.500v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2"/>`,
  check: svg`<path d="m3 8.500 3.200 3.200L13 4.800"/>`,
  close: svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
  menu: svg`<path d="M2.500 4.500h11M2.500 8h11M2.500 11.500h11"/>`,
  search: svg`<circle cx="7" cy="7" r="4.200"/><path d="m10.300 10.300 3.200 3.200"/>`,
  system: svg`<rect x="2" y="3" width="12" height="8" rx="1"/><path d="M6 13.500h4"/>`,
  light: svg`<circle cx="8" cy="8" r="2.800"/><path d="M8 1.500v1.500M8 13v1.500M1.500 8H3M13 8h1.500M3.400 3.400l1 1M11.600 11.600l1 1M12.600 3.400l-1 1M4.400 11.600l-1 1"/>`,
  dark: svg`<path d="M13.500 9.500A6 6 0 0 1 6.500 2.500a6 6 0 1 0 7 7Z"/>`,
  back: svg`<path d="M10 3 5 8l5 5"/>`,
  next: svg`<path d="m6 3 5 5-5 5"/>`,
  warning: svg`<path d="M8 2.200 14.300 13H1.700Z"/><path d="M8 6.500v3M8 11.200v.1"/>`,
  info: svg`<circle cx="8" cy="8" r="6"/><path d="M8 7.300v3.700M8 5v.1"/>`,
  leave: svg`<path d="M9.500 2.500h-6v11h6M7 8h7M11.500 5.500 14 8l-2.500 2.500"/>`,
};

/** A decoration: the words beside it carry the meaning. */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-width="1.500" stroke-linecap="round" stroke-linejoin="round">${STROKES[name]}</svg>`;
}

/** The mark: exons on a strand. */
export function logo() {
  return html`<svg class="logo" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path class="strand" d="M1 12h22"/><rect x="2.500" y="7" width="5" height="10" rx="1.500"/><rect x="9.500" y="3.500" width="5" height="17" rx="1.500"/><rect x="16.500" y="8.500" width="5" height="7" rx="1.500"/></svg>`;
}
