// The map: land, places with their people on the day, and people on their way.

import { Component, html, useEffect, useRef, useState } from "../vendor/preact.mjs";
import { firstWords, oldWords } from "../words/means.mjs";
import { spoken } from "../words/days.mjs";
import { Drawing } from "./drawing.mjs";
import { Legend } from "./legend.mjs";
import { pointing } from "./pointer.mjs";

export { mapSvg } from "./svg.mjs";

const KEYS = "Arrows move the map, plus and minus zoom, 0 shows all of it. N and P go to the place with the next " +
  "most people, Enter follows it. The field Follow lists the same places with their numbers.";

export function MapView({ scenario, outcome, view, look }) {
  const [refs, drawing, looking] = [useRef({}), useRef(null), useRef(look)];
  const [, redraw] = useState(0);
  looking.current = look;
  const part = (name) => (element) => { refs.current[name] = element; };
  const placeRow = (place) => scenario.followed.findIndex((one) => one.level === "place" && one.places[0] === place);
  useEffect(() => {
    const choose = (place) => looking.current({ followed: placeRow(place) });
    drawing.current = new Drawing(refs.current, scenario, choose);
    const ends = [drawing.current.end, pointing(refs.current.box, () => drawing.current)];
    return () => ends.forEach((end) => end());
  }, [scenario]);
  const followed = scenario.followed[view.followed];
  useEffect(() => {
    const before = legendOf(drawing.current);
    drawing.current.show({ outcome, day: view.day, followed });
    if (legendOf(drawing.current) !== before) redraw((number) => number + 1);
  }, [scenario, outcome.now, outcome.baseline, view.day, view.followed]);
  const chooseLand = (land) => {
    const at = scenario.followed.findIndex((one) => one.name === land.name && one.level === LEVEL[land.kind]);
    if (at >= 0) look({ followed: at });
  };
  const key = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey
      || !drawing.current.key(event.key.length > 1 ? event.key : event.key.toLowerCase())) return;
    event.preventDefault();
  };
  const { current } = drawing;
  const zoom = [["+", "Zoom in", () => current.zoom(1.5)], ["−", "Zoom out", () => current.zoom(1 / 1.5)],
    ["All", "Show the whole map", () => current.fit()]];
  const note = outcome.now.isOld ? oldWords(outcome.now) : firstWords(outcome.now);
  return html`<div class=${outcome.now.isOld ? "map old" : "map"}>
    <div class="ground" ref=${part("box")} role="group" aria-label="Places on the map" aria-describedby="map-keys"
      tabindex="0"
      onKeyDown=${key}>
      <svg role="img" aria-labelledby="map-title" aria-describedby="map-keys">
        <title id="map-title">${titleOf(scenario, view)}</title>
        <desc id="map-keys">${KEYS}</desc>
        <g ref=${part("land")}><${Land} map=${scenario.map} followed=${followed} choose=${chooseLand} /></g></svg>
      <svg class="marks"><g ref=${part("marks")}></g></svg>
      <canvas ref=${part("canvas")} aria-hidden="true"></canvas>
      <svg class="names" aria-hidden="true"><g ref=${part("names")}></g></svg>
    </div>
    ${note && html`<p class="map-old">${note}</p>`}
    <div class="zoom">${zoom.map(([words, label, go]) => html`<button type="button" key=${label} aria-label=${label}
      title=${label} onClick=${go}>${words}</button>`)}</div>
    ${current && html`<${Legend} scenario=${scenario} scale=${current.scale} isChanged=${current.isChanged}
      isRun=${current.peaks !== null}
      each=${current.dots.flow ? current.dots.each : null} />`}
  </div>`;
}

const titleOf = (scenario, view) => `Map of ${scenario.name}: where people are on ${spoken(scenario, view.day)}`;

const LEVEL = { left: "country", other: "country", region: "admin1" };

const legendOf = (drawing) => JSON.stringify([drawing?.scale.most, drawing?.peaks === null, drawing?.isChanged,
  drawing?.dots.flow ? drawing.dots.each : null]);

/** Land is drawn once; only what is followed changes it. */
class Land extends Component {
  shouldComponentUpdate({ map, followed }) {
    return map !== this.props.map || followed !== this.props.followed;
  }

  render({ map, followed, choose }) {
    const isChosen = (land) => land.name === followed?.name && LEVEL[land.kind] === followed?.level;
    const order = [...map.land].sort((one, other) => (one.kind === "region") - (other.kind === "region")
      || isChosen(one) - isChosen(other));
    return html`<rect class="water" width=${10 * map.width} height=${10 * map.height} />${order.map((land, at) => html`
      <path key=${`${land.kind} ${land.name} ${at}`} d=${land.d} onClick=${() => choose(land)}
        class=${`land ${land.kind}${isChosen(land) ? " chosen" : ""}`} />`)}`;
  }
}
