// Tables as CSV files in which a spreadsheet sees numbers as numbers and every text as a text, and files for download.

const FORMULA = /^(?:[\s\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]|[\t\r\n])/;
const NUMBER = /^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;

function written(cell) {
  let text = String(cell ?? "");
  if (FORMULA.test(text) && !NUMBER.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table as text: a header and rows of cells; null is a blank cell, numbers are written with a point. */
export const csv = (header, rows) => [header, ...rows].map((row) => `${row.map(written).join(",")}\n`).join("");

/** People as a cell: whole, blank where they are not told. */
export const asCell = (number) => (number === null || Number.isNaN(number) ? "" : Math.round(number) + 0);

/** Hand a file to the person at the page. */
export function download(name, content, type) {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A text as the name of a file: small letters, digits and dashes. */
export const fileName = (text, otherwise) =>
  text.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || otherwise;
