// A page with the chart, the acts and the guess alone, on a toy scenario: what a test reads and drives.

import { Component, html, render } from "./vendor/preact.mjs";
import { Acts } from "./acts/view.mjs";
import { countOf, NOTHING, whole } from "./state/changes.mjs";
import { Chart, chartPng, chartSvg } from "./chart/view.mjs";
import { Guess, hidesResults, NO_GUESS } from "./chart/guess.mjs";

const given = await (await fetch("./given.json")).json();
const { scenario } = given;
const BLANK = { expected: null, fan: null, light: null, status: "idle", faults: given.faults ?? [] };

const rows = (shares, people) => ({
  shape: [shares.length, scenario.days],
  data: Float32Array.from({ length: shares.length * scenario.days }, (_, at) => people * shares[Math.floor(at / scenario.days)]),
});

class Page extends Component {
  constructor() {
    super();
    this.told = [];
    this.scenario = scenario;
    this.state = {
      whatIf: whole(given.whatIf ?? NOTHING), guess: NO_GUESS, isMoving: false,
      view: { followed: 0, day: 10, quantity: "present" },
    };
    this.change = (next, how) => {
      this.told.push({ next, settled: how.settled });
      this.setState({ whatIf: next, isMoving: !how.settled });
    };
    this.look = (partial) => this.setState(({ view }) => ({ view: { ...view, ...partial } }));
  }

  outcome() {
    const { whatIf, view, isMoving } = this.state;
    const { followed: follow, quantity } = view;
    const fan = (people, difference) => ({ follow, quantity, members: 24, of: 24, difference,
      fan: rows([0.5, 0.8, 1, 1.2, 2], people) });
    const expected = (people) => ({ present: rows([1, 1], people), arrived: rows([1, 1], people) });
    const { forecast } = this.state;
    return { ...this.runs({ whatIf, isMoving, fan, expected, view }), forecast: forecast && { ...forecast, areas:
      { 0: { shape: [5, forecast.days.length], data: Float32Array.from(forecast.fan) } } } };
  }

  runs({ whatIf, isMoving, fan, expected, view: { followed: follow, quantity } }) {
    const first = { ...BLANK, means: "expected", expected: expected(21000), status: "running" };
    if (this.state.isFirst) return { baseline: first, now: first };
    const [p05, p50, p95] = this.state.figures ?? [];
    const baseline = { ...BLANK, fan: fan(20000, null), expected: expected(21000), figures: p05 && { p05, p50, p95 } };
    if (!countOf(whatIf)) return { baseline, now: baseline };
    if (this.state.isAsked) return { baseline, now: { ...BLANK, expected: baseline.expected, isOld: true, status: "queued" } };
    if (isMoving) return { baseline, now: { ...BLANK, means: "estimate", light: { follow, quantity, series: rows([1], 9000) } } };
    return { baseline, now: { ...BLANK, fan: fan(8300, rows([-2.04, -1.5, -1.02, -0.5, 0.104], 10000)), expected: expected(9000) } };
  }

  render(_, { whatIf, view, guess }) {
    const shared = { scenario, whatIf, view, guess, change: this.change, look: this.look, outcome: this.outcome(),
      setGuess: (next) => this.setState({ guess: next }), hidden: hidesResults(guess, whatIf) };
    window.svg = (more) => chartSvg({ ...shared, ...more });
    window.png = async () => (await chartPng(shared)).size;
    const forecasting = { state: { status: this.state.forecasting ?? "idle", words: "run 1", problems: [],
      forecast: shared.outcome.forecast },
      ask: () => this.setState({ forecasting: "running" }), stop: () => this.setState({ forecasting: "idle" }) };
    return html`<h1>Parts</h1><${Guess} ...${shared} /><${Chart} ...${shared} forecasting=${forecasting} /><${Acts} ...${shared} />`;
  }
}

render(html`<${Page} ref=${(page) => { window.page = page; }} />`, document.getElementById("app"));
