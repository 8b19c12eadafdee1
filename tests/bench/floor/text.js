// Sizes and times as the console writes them.

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
export const NOT_KNOWN = "—";

export function rate(bytes) {
  if (bytes === null) return NOT_KNOWN;
  let [size, unit] = [bytes, 0];
  while (Math.round(size) >= 1024 && unit + 1 < UNITS.length) [size, unit] = [size / 1024, unit + 1];
  const tenths = Math.round(size * 10);
  const number = tenths < 100 && tenths % 10 ? (tenths / 10).toFixed(1) : Math.round(size);
  return `${number} ${UNITS[unit]}/s`;
}

export function duration(millis) {
  const seconds = Math.floor(Math.max(millis, 0) / 1000);
  const parts = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return "0 s";
  const shown = parts.slice(first, first + 2).filter(([count]) => count > 0);
  return shown.map(([count, unit]) => `${count} ${unit}`).join(" ");
}

export function timeLeft(end, now) {
  if (end === null) return NOT_KNOWN;
  return end <= now ? "past its estimate" : duration(Math.max(end - now, 1000));
}

const SHORT = new Intl.DateTimeFormat(["en-GB"], {
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** A time in the browser's own zone: `21 Nov, 12:04`. */
export const shortTime = (millis) => (millis === null ? NOT_KNOWN : SHORT.format(millis));

export const percent = (value) => (value === null ? NOT_KNOWN : `${value} %`);

/** A text that orders as people count: case aside, and `vol_9` before `vol_10`. */
export function natural(text) {
  return text.toLowerCase().replace(/[0-9]+/g, (digits) => {
    const number = digits.replace(/^0+/, "");
    return `0${String.fromCharCode(number.length)}${number}`;
  });
}
