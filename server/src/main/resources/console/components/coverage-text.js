import { html, nothing } from "lit";
import { count, plural, span, words } from "../format.js";
import { untrustedShort } from "./untrusted.js";

const LEVELS = ["full", "reduced", "minimal", "none", "unknown"];
const BLIND_SPOTS = 3;

/** Losses by cause in words; no verdict without them. */
export function lossWords(totals) {
  return totals.length === 0
    ? "nothing known to be lost"
    : totals
        .map((total) => `${amount(total)} lost (${words(total.cause)})`)
        .join(", ");
}

function amount({ events, has_uncounted: hasUncounted }) {
  if (!hasUncounted) {
    return plural(events, "event");
  }
  return events === 0 ? "an unknown number of events" : `at least ${plural(events, "event")}`;
}

/** What one host could see over a time, in one line. */
export function sumWords(sum) {
  if (sum.is_whole) {
    return "full, nothing lost";
  }
  const levels = LEVELS.filter((level) => sum.seconds_by_level[level] > 0);
  return `${levels.map((level) => `${level} ${span(sum.seconds_by_level[level] * 1000)}`).join(", ")}; ${lossWords(sum.losses)}`;
}

/** What all hosts could see in the last 24 hours: it stands wherever nothing was found. */
export function fleetSentence({ coverage, losses_24h: losses }) {
  const unknown = coverage.levels.unknown;
  return html`${count(coverage.whole_hosts)} of ${plural(coverage.hosts, "host")} fully covered in the last 24 h; ${plural(losses, "lost event")}${coverage.blind_spots
    .slice(0, BLIND_SPOTS)
    .map((spot) => html`; ${plural(spot.hosts, "host")} blind to ${untrustedShort(spot.text, 100)}`)}${unknown ? html`; ${plural(unknown, "host")} not heard` : nothing}.`;
}
