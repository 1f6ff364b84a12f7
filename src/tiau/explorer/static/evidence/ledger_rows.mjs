// Reports sifted, sorted and set beside what the runs would report.

import { at } from "../asking/arrays.mjs";
import { plain } from "../words/reported.mjs";

const SOURCES = [["said_by", "Who said it"], ["publisher", "Publisher"], ["source_kind", "Kind of source"]];
const SEARCHED = ["report", "place", "origin", "group", "said_by", "publisher", "note", "why", "not_scored"];
export const EVERYTHING = { text: "", source: "", place: "", quantity: "", status: "", contradicted: false };
export const STATUSES = ["scored", "not scored", "not placed"];

/** What a report is in the evaluation: scored, not scored, or not placed. */
export function standing(report) {
  if (report.status === "not placed" || report.status === "not modelled") return "not placed";
  return report.status === "not scored" || report.not_scored ? "not scored" : "scored";
}

/** Why a report is not scored or placed; blank where it is. */
export const whyNot = (report) => (standing(report) === "scored" ? "" : report.not_scored || report.why || "");

const sorted = (texts) => [...new Set(texts.filter(Boolean))].sort((one, other) => one.localeCompare(other));

/** What reports can be sifted by: places, quantities, and sources as [heading, [[value, words]]]. */
export function choices(reports) {
  const sources = SOURCES.map(([column, heading]) =>
    [heading, sorted(reports.map((report) => report[column])).map((text) => [`${column}:${text}`, plain(text)])]);
  const [places, quantities] = ["place", "quantity"].map((column) => sorted(reports.map((report) => report[column])));
  return { sources: sources.filter(([, found]) => found.length), places, quantities };
}

/** Reports that pass every filter. */
export function sifted(reports, filter) {
  const wanted = filter.text.trim().toLowerCase();
  const [column, source] = [filter.source.split(":")[0], filter.source.slice(filter.source.indexOf(":") + 1)];
  return reports.filter((report) =>
    (!filter.source || report[column] === source) && (!filter.place || report.place === filter.place)
    && (!filter.quantity || report.quantity === filter.quantity)
    && (!filter.status || standing(report) === filter.status) && (!filter.contradicted || report.contradicts?.length)
    && (!wanted || SEARCHED.some((key) => String(report[key] ?? "").toLowerCase().includes(wanted))));
}

const KEYS = {
  day: (report) => report.last_day,
  place: (report) => report.place,
  value: (report) => report.value ?? report.low ?? NaN,
};

/** Reports in the order of a key; reports without it come last, whichever way they are sorted. */
export function inOrder(reports, by, down) {
  const key = KEYS[by];
  const compare = (one, other) => (typeof one === "string" ? one.localeCompare(other) : one - other);
  return [...reports].sort((one, other) => {
    const [a, b] = [key(one), key(other)];
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return down ? compare(b, a) : compare(a, b);
  });
}

/** The range of what the runs would report as {low, middle, high}, or null where there is none. */
export function bandOf(figures, index) {
  const [low, middle, high] = ["p05", "p50", "p95"].map((level) => at(figures?.[level], index));
  return Number.isNaN(low) || Number.isNaN(high) ? null : { low, middle, high };
}

/** The ends of what a report allows; open ends are infinite. */
export function allowed(report) {
  if (report.bound === "range") return [report.low, report.high];
  if (report.bound === "at_least") return [report.value, Infinity];
  return report.bound === "at_most" ? [0, report.value] : [report.value, report.value];
}

/** Where a report lies to a range, in words. */
export function verdict(report, band) {
  const [low, high] = allowed(report);
  if (low === null || low === undefined) return "";
  if (low > band.high) return "above the range";
  return high < band.low ? "below the range" : "in the range";
}

/** The header and the rows of the ledger as a CSV file has them. */
export function ledgerTable(reports, indices, now, baseline) {
  const given = ["report", "as_of_start", "as_of_end", "known_on", "place", "origin", "group", "quantity", "value",
    "low", "high",
    "bound", "said_by", "publisher", "source_kind", "url", "status", "why", "same_as", "contradicts", "note"];
  const bands = baseline ? [["", now], ["baseline_", baseline]] : [["", now]];
  const header = [...given, ...bands.flatMap(([name]) => [`${name}run_p05`, `${name}run_p50`, `${name}run_p95`])];
  const rows = reports.map((report) => [
    report.report, report.first, report.last, report.known_on, report.place, report.origin, report.group,
    report.quantity, report.value, report.low, report.high, report.bound, report.said_by, report.publisher,
    report.source_kind, report.url, standing(report), whyNot(report), report.same_as,
    (report.contradicts ?? []).map((one) => one.report).join("; "), report.note,
    ...bands.flatMap(([, figures]) => {
      const band = bandOf(figures, indices.get(report));
      return band ? [band.low, band.middle, band.high].map((number) => Math.round(number)) : ["", "", ""];
    }),
  ]);
  return [header, rows];
}

/** Days that a report is of, as they are read. */
export const daysOf = (report) => (report.first === report.last ? report.first : `${report.first} to ${report.last}`);
