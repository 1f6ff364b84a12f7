// What reports and tables say, as people read it.

import { whole } from "./numbers.mjs";

const SIGNS = { about: "about ", at_least: "at least ", at_most: "at most " };

/** The figures of a report: both ends of a range, else the one number; none where it gives none. */
export function figuresOf({ bound, low, high, value }) {
  return (bound === "range" ? [low, high] : [value]).filter((number) => Number.isFinite(number));
}

/** The figure of a report with its bound in words. */
export function bounded(report) {
  const figures = figuresOf(report).map(whole);
  if (!figures.length) return "no figure";
  return report.bound === "range" ? figures.join(" to ") : `${SIGNS[report.bound] ?? ""}${figures[0]}`;
}

/** A word of a table as it is read: without the lines below that hold it together. */
export const plain = (word) => String(word ?? "").replaceAll("_", " ");

/** A text of no more than so many letters, cut between words. */
export function cut(text, most) {
  if (text.length <= most) return text;
  const end = text.lastIndexOf(" ", most - 1);
  return `${text.slice(0, end > most / 2 ? end : most - 1).replace(/[\s,;:.(]+$/, "")}…`;
}

/** Whether a source's address can be followed: http and https alone. */
export function followable(address) {
  try {
    return ["http:", "https:"].includes(new URL(address).protocol);
  } catch {
    return false;
  }
}
