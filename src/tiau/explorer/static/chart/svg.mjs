// The chart as it is seen, as a file: SVG text of its own, and a PNG of it.

import { besideWords } from "./beside.mjs";
import { mostOf, shownOf } from "./data.mjs";
import { picturesOf } from "./key.mjs";
import { copiesOf, marksOf, placeOf, shapeOf, withMarks } from "./marks.mjs";
import { brief } from "../words/numbers.mjs";
import { daysAcross, peopleUp, roundTop, ticksOf } from "./scales.mjs";
import { aheadOf, legendOf, QUANTITIES, sentenceOf } from "./words.mjs";
import { spoken } from "../words/days.mjs";

const INK = { ink: "#1d2225", soft: "#4d5960", line: "#d5dadd", grey: "#7d8890", band: "#1f6f8b", tint: "#eef0e6",
  forecast: "#6b5b00", register: "#b03a2e", agency: "#7a3e9d", media: "#24702f", other: "#8a5f00" };
const LOOKS = {
  median: `fill="none" stroke="${INK.band}" stroke-width="2"`, wide: `fill="${INK.band}" fill-opacity="0.2"`,
  narrow: `fill="${INK.band}" fill-opacity="0.3"`,
  ghost: `fill="none" stroke="${INK.grey}" stroke-width="1.6" stroke-dasharray="6 4"`,
  "ghost-line": `fill="none" stroke="${INK.grey}" stroke-width="1.6" stroke-dasharray="1.5 3"`,
  outline: `fill="none" stroke="${INK.grey}" stroke-width="0.8"`,
    "ahead-band": `fill="${INK.forecast}" fill-opacity="0.3"`,
  "ahead-line": `fill="none" stroke="${INK.forecast}" stroke-width="2" stroke-dasharray="2 3"`,
  "ahead-edge": `fill="none" stroke="${INK.forecast}" stroke-width="1.2"`,
  period: `fill="none" stroke="${INK.soft}" stroke-width="1.2"`,
};
const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const LINE_HIGH = 15;

/** Text as it may stand in XML; what XML has no place for is left out. */
export const escaped = (words) =>
  String(words).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[&<>"']/g, (one) => ESCAPED[one]);

/**
 * The chart as SVG text: title, lines, bands, reports, the day, the sentence and a key, on white.
 * Takes what `Chart` is given; `width` in pixels, `isLog` for a logarithmic scale.
 */
export function chartSvg({ scenario, whatIf, view, outcome, hidden = false, width = 860, isLog = false }) {
  const shown = shownOf({ scenario, whatIf, view, outcome, hidden });
  const marks = marksOf(scenario, view);
  const across = daysAcross(width, scenario.days);
  const up = peopleUp(68, 390, roundTop(withMarks(mostOf(shown), marks), isLog), isLog);
  const legend = legendOf(scenario, shown, marks, copiesOf(scenario, view));
  const [told, foot] = wordsBelow([sentenceOf(scenario, view, shown),
    besideWords(scenario, marks, outcome.baseline.figures), aheadOf(scenario)], width, 442);
  const [key, height] = keyBelow(legend, width, foot + 8);
  const title = `${scenario.followed[view.followed].label}: ${QUANTITIES[view.quantity].toLowerCase()}`;
  const change = shown.isChanged ? whatIf.title || "with changes" : "as it is";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" `
      + 'font-family="system-ui, sans-serif" font-size="12" role="img">',
    `<title>${escaped(title)}</title><rect width="100%" height="100%" fill="#ffffff"/>`,
    written(16, 22, title, `font-size="16" font-weight="600" fill="${INK.ink}"`),
    written(16, 40, `${scenario.title || scenario.name}; ${change}`, `fill="${INK.soft}"`),
    ...axes(scenario, across, up), ...lines(shown, across, up), ...marks.map((mark) => drawn(mark, across, up)),
    ...dayLine(scenario, view, across, up), ...told, ...key, "</svg>",
  ].join("\n");
}

const at = (number) => +number.toFixed(1);

const written = (x, y, words, look = "") => `<text x="${at(x)}" y="${at(y)}" ${look}>${escaped(words)}</text>`;

function axes(scenario, across, up) {
  const isAhead = scenario.known < scenario.days - 1;
  const left = at(across.begins(scenario.known + 1));
  const tint = `<rect x="${left}" y="${up.top}" width="${at(across.right - left)}" height="${up.foot - up.top}" `
    + `fill="${INK.tint}"/>`;
  const soft = `fill="${INK.soft}" font-size="11"`;
  const below = (day, far, words) => written(across.middle(day), up.foot + far, words, `${soft} text-anchor="middle"`);
  return [
    ...(isAhead ? [tint, written(across.right - 4, up.top + 12, "ahead: not known", `${soft} text-anchor="end"`)] : []),
    ...up.ticks.map((tick) => `<path d="M${across.left} ${at(up.y(tick))}H${across.right}" stroke="${INK.line}"/>`
      + written(across.left - 6, up.y(tick) + 4, brief(tick), `${soft} text-anchor="end"`)),
    ...ticksOf(scenario, across).map(({ day, words, year }) => below(day, 16, words)
      + (year ? below(day, 30, year) : "")),
  ];
}

function lines(shown, across, up) {
  const { main, ghost, forecast } = shown;
  const path = (values, look) => `<path d="${pathOf(values, across, up)}" ${LOOKS[look]}/>`;
  const band = (fan, high, low, look) => `<path d="${bandOf(fan[high], fan[low], across, up)}" ${LOOKS[look]}/>`;
  return [
    ...(main ? [band(main, "p95", "p05", "wide"), band(main, "p75", "p25", "narrow")] : []),
    ...(forecast ? [band(forecast, "p95", "p05", "ahead-band"), path(forecast.p50, "ahead-line"),
      path(forecast.p05, "ahead-edge"), path(forecast.p95, "ahead-edge")] : []),
    ...(ghost ? [path(ghost.p95, "outline"), path(ghost.p05, "outline"), path(ghost.p50, "ghost")] : []),
    ...(!main && shown.ghostLine ? [path(shown.ghostLine, "ghost-line")] : []),
    ...(main ? [path(main.p50, "median")] : []), ...(shown.line ? [path(shown.line, "median")] : []),
  ];
}

function pathOf(values, across, up) {
  let path = "";
  let isOn = false;
  values.forEach((number, day) => {
    if (Number.isFinite(number)) path += `${isOn ? "L" : "M"}${at(across.middle(day))} ${at(up.y(number))}`;
    isOn = Number.isFinite(number);
  });
  return path;
}

function bandOf(high, low, across, up) {
  const days = [...high.keys()].filter((day) => Number.isFinite(high[day]) && Number.isFinite(low[day]));
  const point = (values) => (day) => `${at(across.middle(day))} ${at(up.y(values[day]))}`;
  return days.length ? `M${[...days.map(point(high)), ...days.reverse().map(point(low))].join("L")}z` : "";
}

function drawn(mark, across, up) {
  const place = placeOf(mark, across, up);
  const { bound } = mark.report;
  const colour = INK[mark.kind] ?? INK.other;
  const fill = { about: "#ffffff", range: "none" }[bound] ?? colour;
  const days = `M${at(place.left - place.x)} 0H${at(place.right - place.x)}`;
  const period = mark.isLong ? `<path d="${days}" stroke="${colour}"/>` : "";
  const thick = bound === "about" || bound === "range" ? 1.5 : 0.8;
  return `<g transform="translate(${at(place.x)} ${at(place.y)})"${mark.isPart ? ' opacity="0.45"' : ""}>`
    + `<title>${escaped(mark.words)}</title>${period}<path d="${shapeOf(bound, 4, place.high)}" fill="${fill}" `
    + `stroke="${bound === "exact" ? "#ffffff" : colour}" stroke-width="${thick}"/></g>`;
}

function dayLine(scenario, view, across, up) {
  const x = at(across.middle(view.day));
  return [`<path d="M${x} ${up.top - 6}V${up.foot}" stroke="${INK.ink}" stroke-opacity="0.6"/>`,
    written(x, up.top - 8, spoken(scenario, view.day),
      `font-size="11" fill="${INK.ink}" text-anchor="${x > (across.left + across.right) / 2 ? "end" : "start"}"`)];
}

function wordsBelow(paragraphs, width, top) {
  const rows = paragraphs.filter(Boolean).flatMap((words) => broken(words, (width - 32) / 6.2));
  const look = `fill="${INK.ink}"`;
  return [rows.map((words, row) => written(16, top + row * LINE_HIGH, words, look)), top + rows.length * LINE_HIGH];
}

function broken(words, most) {
  const rows = [""];
  for (const word of words.split(" ")) {
    if (rows.at(-1) && rows.at(-1).length + word.length >= most) rows.push("");
    rows.push(`${rows.pop()} ${word}`.trim());
  }
  return rows;
}

function keyBelow(entries, width, top) {
  let [x, y] = [16, top];
  const parts = entries.map(({ look, words }) => {
    const wide = (look ? 28 : 0) + words.length * 5.5 + 18;
    if (x + wide > width && x > 16) [x, y] = [16, y + LINE_HIGH + 2];
    const moved = (one) => `translate(${at(x + one.x)} ${at(y - 10 + one.y)})`;
    const pictures = picturesOf(look).map((one) =>
      `<path transform="${moved(one)}" d="${one.d}" ${LOOKS[one.class] ?? markLook(one.class)}/>`);
    const part = pictures.join("") + written(x + (look ? 28 : 0), y, words, `font-size="11" fill="${INK.soft}"`);
    x += wide;
    return part;
  });
  return [parts, Math.ceil(y + 16)];
}

function markLook(name) {
  const [what, which] = name.split(" ");
  if (what === "kind") return `fill="${INK[which]}"`;
  const fill = { about: "#ffffff", range: "none" }[which] ?? INK.soft;
  return `fill="${fill}" stroke="${INK.soft}" stroke-width="1.3"${which === "part" ? ' opacity="0.45"' : ""}`;
}

/** The chart as a PNG, a Blob; twice as many pixels as the SVG has, unless `scale` says otherwise. */
export async function chartPng({ scale = 2, ...chart }) {
  const address = URL.createObjectURL(new Blob([chartSvg(chart)], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: image.width * scale, height: image.height * scale });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((give, fail) => {
      canvas.toBlob((blob) => (blob ? give(blob) : fail(new Error("the browser made no picture"))), "image/png");
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
