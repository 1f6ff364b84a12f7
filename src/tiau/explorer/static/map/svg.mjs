// The map of a day as a picture of its own, on white, for print and files.

import { fitted, focused } from "./frame.mjs";
import { made, Marks, peaksOf, scaleOf } from "./marks.mjs";
import { Names } from "./names.mjs";
import { presence } from "../asking/presence.mjs";

const SIZE = { width: 880, height: 560 };
const INK = "#1d2225";
const LOOKS = {
  "path.left": { fill: "#efe3d3" }, "path.other": { fill: "#f6f5f1" },
    "path.region": { fill: "none", "stroke-width": 0.6 },
  path: { stroke: "#b9bfc2", "stroke-width": 1, "vector-effect": "non-scaling-stroke", "fill-rule": "evenodd" },
  ".disc": { fill: "#4b6b78", "fill-opacity": 0.62 }, ".more .disc": { fill: "#b8500a" },
    ".fewer .disc": { fill: "#1f6f8b" },
  ".ring": { fill: "none", stroke: INK, "stroke-dasharray": "2 2" }, ".reach": { fill: "none" },
  text: { "font-size": 12, "font-family": "sans-serif", fill: INK, stroke: "#fff", "stroke-width": 2.5,
    "paint-order": "stroke" },
  "text.land": { fill: "#4d5960" }, "text.region": { "font-style": "italic", "font-size": 11 },
    ".number": { "font-weight": 600 },
};

/** The map as text of an SVG. */
export function mapSvg({ scenario, outcome, view }) {
  const table = presence(scenario, { expected: outcome.baseline.expected });
  const peaks = peaksOf(table, scenario);
  const whole = fitted(scenario, SIZE.width, SIZE.height);
  const frame = focused(scenario, peaks, whole, SIZE.width, SIZE.height) ?? whole;
  const [land, circles, words] = [made("g", { transform: `translate(${frame.x} ${frame.y}) scale(${frame.k / 10})` }),
    made("g"), made("g")];
  const { map } = scenario;
  land.append(made("rect", { width: 10 * map.width, height: 10 * map.height, fill: "#eaf1f4" }));
  const order = [...map.land].sort((one, other) => (one.kind === "region") - (other.kind === "region"));
  land.append(...order.map(({ d, kind }) => made("path", { d, class: kind })));
  const marks = new Marks(circles, scenario, () => {});
  marks.make(peaks);
  marks.put(frame);
  const isChanged = outcome.now !== outcome.baseline;
  marks.show(presence(scenario, outcome.now), isChanged ? table : null, view.day, scaleOf(table, scenario));
  const names = new Names(words);
  names.place({ marks: marks.marks, lands: map.land, frame, size: SIZE });
  names.show();
  const svg = made("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${SIZE.width} ${SIZE.height}`,
    ...SIZE });
  svg.append(land, circles, words);
  for (const [which, looks] of Object.entries(LOOKS)) {
    for (const element of svg.querySelectorAll(which)) {
      for (const [name, value] of Object.entries(looks)) element.setAttribute(name, value);
    }
  }
  return new XMLSerializer().serializeToString(svg);
}
