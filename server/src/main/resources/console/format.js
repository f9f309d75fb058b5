const number = new Intl.NumberFormat("en-US");
const compactNumber = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

const STEPS = [
  [60, 1, "s"],
  [3600, 60, "min"],
  [86_400, 3600, "h"],
  [Infinity, 86_400, "d"],
];

/** 1,234 */
export function count(value) {
  return value === null || value === undefined ? "–" : number.format(value);
}

/** 1.2K */
export function compact(value) {
  return compactNumber.format(value);
}

/** "1 host", "2 hosts" */
export function plural(value, word, words = `${word}s`) {
  return `${count(value)} ${value === 1 ? word : words}`;
}

/** 16.0 KiB */
export function bytes(value) {
  if (value === null || value === undefined) {
    return "–";
  }
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let size = value;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
}

/** "3 min", from milliseconds; one unit is enough to judge an age. */
export function span(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  const [, divisor, unit] = STEPS.find(([limit]) => seconds < limit);
  return `${Math.floor(seconds / divisor)} ${unit}`;
}

/** "2 d 3 h", "14 min 09 s": two units, for something that is waited for. */
export function countdown(millis) {
  const seconds = Math.max(0, Math.ceil(millis / 1000));
  const two = (value) => String(value).padStart(2, "0");
  if (seconds >= 86_400) {
    return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3600)} h`;
  }
  if (seconds >= 3600) {
    return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} min`;
  }
  return seconds >= 60 ? `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s` : `${seconds} s`;
}

/** "5 min ago", "in 3 h" */
export function relative(time, now = Date.now()) {
  const distance = now - Date.parse(time);
  if (Math.abs(distance) < 2000) {
    return "now";
  }
  return distance > 0 ? `${span(distance)} ago` : `in ${span(-distance)}`;
}

/** "2026-11-23 14:35:01.250 UTC" */
export function utc(time) {
  const date = new Date(time);
  return Number.isNaN(date.getTime())
    ? String(time)
    : date.toISOString().replace("T", " ").replace(".000Z", " UTC").replace("Z", " UTC");
}

/** "14:00", in UTC */
export function hourOf(time) {
  return new Date(time).toISOString().slice(11, 16);
}

/** "in_progress" becomes "in progress". */
export function words(code) {
  return (code ?? "–").replaceAll("_", " ").replaceAll("-", " ");
}

/** The same with a capital, to begin a cell with. */
export function sentenceWords(code) {
  const text = words(code);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Enough of a hash to tell it from others by eye. */
export function shortHash(sha256) {
  return sha256.slice(0, 12);
}

/** A rule's condition as "name value" pairs, in the order of specificity. */
export function selectorParts(selector) {
  return ["sha256", "memory", "package", "path"]
    .filter((name) => selector?.[name] !== null && selector?.[name] !== undefined)
    .map((name) => [name, selector[name]]);
}
