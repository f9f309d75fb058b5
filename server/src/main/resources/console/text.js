/**
 * Text from hosts is written by whoever runs programs there. It reaches the page as text nodes only; what is left to do
 * is to show what would otherwise be invisible, or would reorder what stands beside it.
 */

// Categories: Cc control, Cf format (bidi marks, zero width, tags), Cs lone surrogates, Co private use, Cn unassigned,
// Zl and Zp line separators, Zs spaces that are not U+0020. Then blanks that count as letters or symbols: Hangul
// fillers, the empty Braille pattern, and variation selectors beyond the emoji's own.
const SUSPICIOUS =
  /[\p{C}\p{Zl}\p{Zp}\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000\u115F\u1160\u3164\uFFA0\u2800\uFE00-\uFE0E\u{E0100}-\u{E01EF}]|(?<=\p{M}{3})\p{M}+/gu;

const NAMES = {
  0x061c: "Arabic letter mark", 0x200b: "zero width space", 0x200c: "zero width non-joiner",
  0x200d: "zero width joiner", 0x200e: "left-to-right mark", 0x200f: "right-to-left mark",
  0x202a: "left-to-right embedding", 0x202b: "right-to-left embedding", 0x202c: "pop directional formatting",
  0x202d: "left-to-right override", 0x202e: "right-to-left override", 0x2060: "word joiner",
  0x2066: "left-to-right isolate", 0x2067: "right-to-left isolate", 0x2068: "first strong isolate",
  0x2069: "pop directional isolate", 0xfeff: "byte order mark", 0x00a0: "no-break space", 0x00ad: "soft hyphen",
  0x09: "tab", 0x0a: "line feed", 0x0d: "carriage return", 0x1b: "escape", 0x00: "null", 0x07: "bell", 0x08: "backspace",
};

// Not Unicode's control pictures: few fonts have them, and a box says nothing.
const ABBREVIATIONS = { 0x00: "NUL", 0x07: "BEL", 0x08: "BS", 0x09: "TAB", 0x0a: "LF", 0x0d: "CR", 0x1b: "ESC", 0x7f: "DEL" };

function codeOf(character) {
  return `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

function picture(match) {
  const code = match.codePointAt(0);
  if (code in ABBREVIATIONS) {
    return `<${ABBREVIATIONS[code]}>`;
  }
  const length = [...match].length;
  return length > 1 ? `<${length} combining marks>` : `<${codeOf(match)}>`;
}

/** Splits text into {text} and {text, name} parts; the latter stand for what cannot be seen. */
export function visibleParts(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(SUSPICIOUS)) {
    if (match.index > from) {
      parts.push({ text: text.slice(from, match.index) });
    }
    const name = NAMES[match[0].codePointAt(0)];
    parts.push({ text: picture(match[0]), name: codeOf(match[0]) + (name ? ` ${name}` : "") });
    from = match.index + match[0].length;
  }
  if (from < text.length) {
    parts.push({ text: text.slice(from) });
  }
  return parts;
}

/** The same as one string, for places that take no elements: the window title, announcements, labels. */
export function visibleText(text, limit = 120) {
  const shown = visibleParts(cutMiddle(text, limit)).map((part) => part.text).join("");
  // The characters around may still be right-to-left letters: isolate them from the words that we add.
  return `\u2068${shown}\u2069`;
}

/** At most {@code limit} code points, the middle left out: the ends of a path say the most. */
export function cutMiddle(text, limit) {
  const points = [...text];
  if (points.length <= limit) {
    return text;
  }
  const head = Math.ceil((limit - 1) * 0.6);
  const tail = limit - 1 - head;
  return `${points.slice(0, head).join("")}…${tail > 0 ? points.slice(-tail).join("") : ""}`;
}

/** The first {@code limit} code points, and how many follow. */
export function cutEnd(text, limit) {
  const points = [...text];
  return points.length <= limit
    ? { head: text, hidden: 0 }
    : { head: points.slice(0, limit).join(""), hidden: points.length - limit };
}

/** One line that a shell would read back as these arguments, so that their borders can be seen. */
export function commandLine(words) {
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(" ");
}
