// The lines and bands of a chart, drawn by uPlot on scales that are given.

import uPlot from "../vendor/uplot.mjs";
import { brief } from "../words/numbers.mjs";

const FANS = ["p95", "p05", "p75", "p25", "p50"];
/** Space above and below the lines, pixels. */
export const ROOM = { top: 12, foot: 34 };

/** Colours as the page's css has them now. */
export function coloursOf(element) {
  const style = getComputedStyle(element);
  const names = { ink: "--ink", soft: "--soft", line: "--line", grey: "--grey", band: "--band", tint: "--ahead",
    forecast: "--forecast" };
  return Object.fromEntries(Object.entries(names).map(([name, from]) => [name, style.getPropertyValue(from).trim()]));
}

function faded(colour, opacity) {
  return /^#[0-9a-f]{6}$/i.test(colour) ? colour + Math.round(opacity * 255).toString(16).padStart(2, "0") : colour;
}

/** Draws into an element; `draw` takes what is shown, `colours` are read anew when the page's change. */
export class Plot {
  constructor(box, { width, height }) {
    this.box = box;
    this.colours = coloursOf(box);
    this.scene = null;
    this.uplot = new uPlot(this.#options(width, height), [[0], ...SERIES.map(() => [null])], box);
    this.uplot.root.setAttribute("aria-hidden", "true");
  }

  /** Draw `shown` on the scales of `scene`: {across, up, ticks, known, days}. */
  draw(shown, scene) {
    const isSized = this.uplot.width === scene.width && this.uplot.height === scene.height;
    this.scene = scene;
    if (!isSized) this.uplot.setSize({ width: scene.width, height: scene.height });
    this.uplot.batch(() => {
      this.uplot.setData(dataOf(shown, scene), false);
      this.uplot.setScale("x", { min: -0.5, max: scene.days - 0.5 });
      this.uplot.setScale("y", { min: 0, max: scene.up.high });
    });
  }

  recolour() {
    this.colours = coloursOf(this.box);
    this.uplot.redraw(false, true);
  }

  destroy() {
    this.uplot.destroy();
  }

  #options(width, height) {
    const colour = (name, opacity = 1) => () => faded(this.colours[name], opacity);
    const grid = { stroke: colour("line"), width: 1 };
    const axis = { stroke: colour("soft"), font: "11px system-ui, sans-serif", ticks: grid, border: { show: false } };
    return {
      width, height, padding: [ROOM.top, 20, 0, 0], legend: { show: false }, cursor: { show: false }, pxAlign: 0,
      scales: { x: { time: false, auto: false }, y: { auto: false } },
      axes: [
        { ...axis, size: ROOM.foot, gap: 2, grid: { show: false }, ticks: { ...grid, size: 4 },
          splits: () => this.scene?.ticks.map((tick) => tick.day) ?? [], filter: (_, splits) => splits,
          values: () => this.scene?.ticks.map((tick) => (tick.year ? `${tick.words}\n${tick.year}` : tick.words))
            ?? [] },
        { ...axis, size: () => this.scene?.across.left ?? 80, gap: 5, grid, ticks: { show: false },
          splits: () => this.scene?.up.ticks.map((tick) => this.scene.up.size(tick))
            ?? [], filter: (_, splits) => splits,
          values: () => this.scene?.up.ticks.map(brief) ?? [] },
      ],
      series: [{}, ...SERIES.map(([, , look]) => seriesOf(look, colour))],
      bands: bandsOf(colour),
      hooks: { drawClear: [(uplot) => this.#tint(uplot)] },
    };
  }

  #tint(uplot) {
    if (!this.scene || this.scene.known >= this.scene.days - 1) return;
    const { ctx, bbox } = uplot;
    const left = uplot.valToPos(this.scene.known + 0.5, "x", true);
    ctx.save();
    ctx.fillStyle = this.colours.tint;
    ctx.fillRect(left, bbox.top, bbox.left + bbox.width - left, bbox.height);
    ctx.restore();
  }
}

const AHEAD = { p50: "forecast", p05: "aheadEdge", p95: "aheadEdge" };
const SERIES = [
  ...FANS.map((name) => ["main", name, { p50: "median" }[name] ?? "edge"]),
  ...FANS.map((name) => ["forecast", name, AHEAD[name] ?? "edge"]),
  ...["p95", "p05", "p50"].map((name) => ["ghost", name, name === "p50" ? "ghost" : "outline"]),
  ["ghostLine", null, "ghostLine"], ["line", null, "line"],
];

function seriesOf(look, colour) {
  const looks = {
    edge: { stroke: null, width: 0 }, median: { stroke: colour("band"), width: 2 },
    forecast: { stroke: colour("forecast"), width: 2, dash: [2, 3] },
    aheadEdge: { stroke: colour("forecast"), width: 1.2 },
    outline: { stroke: colour("grey", 0.8), width: 0.8 }, ghost: { stroke: colour("grey"), width: 1.6, dash: [6, 4] },
    ghostLine: { stroke: colour("grey"), width: 1.6, dash: [1.5, 3] }, line: { stroke: colour("band"), width: 2 },
  };
  return { ...looks[look], points: { show: false }, spanGaps: false, auto: false };
}

function bandsOf(colour) {
  const at = (part, name) => 1 + SERIES.findIndex(([of, which]) => of === part && which === name);
  const fan = (part, name, wide, narrow) => [
    { series: [at(part, "p95"), at(part, "p05")], fill: colour(name, wide) },
    { series: [at(part, "p75"), at(part, "p25")], fill: colour(name, narrow) },
  ];
  return [...fan("main", "band", 0.2, 0.3), ...fan("forecast", "forecast", 0.3, 0.35)];
}

function dataOf(shown, { days, up }) {
  const none = new Array(days).fill(null);
  const sizeOf = (number) => (Number.isFinite(number) ? up.size(Math.min(number, up.most)) : null);
  const sized = (values) => Array.from(values, sizeOf);
  // A median says the same as the expected value and more: the line is for days of which there is no fan yet.
  const seen = { ...shown, ghostLine: shown.main ? null : shown.ghostLine };
  return [Array.from({ length: days }, (_, day) => day), ...SERIES.map(([part, name]) => {
    const values = name === null ? seen[part] : seen[part]?.[name];
    return values ? sized(values) : none;
  })];
}
