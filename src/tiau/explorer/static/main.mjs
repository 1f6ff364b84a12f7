// The page: it reads the scenario, holds the one state, and puts the parts where they belong.

import { Component, html, render } from "./vendor/preact.mjs";
import { Acts } from "./acts/view.mjs";
import { addressOf, readAddress } from "./state/address.mjs";
import { Forecasts } from "./asking/forecasts.mjs";
import { one } from "./asking/requests.mjs";
import { Chart } from "./chart/view.mjs";
import { Drawer } from "./evidence/drawer.mjs";
import { Events } from "./evidence/events.mjs";
import { Faults } from "./shell/faults.mjs";
import { Files } from "./files/view.mjs";
import { Guess, hidesResults, NO_GUESS } from "./chart/guess.mjs";
import { Guard } from "./shell/guarding.mjs";
import { Header } from "./shell/header.mjs";
import { Keys } from "./shell/keys.mjs";
import { Ledger } from "./evidence/ledger.mjs";
import { MapView } from "./map/view.mjs";
import { Outcomes } from "./asking/outcomes.mjs";
import { Panel } from "./shell/panel.mjs";
import { nextPart, Skips } from "./shell/parts.mjs";
import { Places } from "./map/places.mjs";
import { Presets } from "./presets/view.mjs";
import { titled } from "./presets/titles.mjs";
import { PrintPages } from "./print/pages.mjs";
import { whole } from "./state/changes.mjs";
import { carried, firstState, Store } from "./state/store.mjs";
import { Notes, Share, Start, Status } from "./shell/status.mjs";
import { Timeline } from "./map/timeline.mjs";
import { watch } from "./asking/watching.mjs";

const PANELS = [
  { name: "presets", title: "What if", side: "right", body: Presets },
  { name: "assumptions", title: "Assumptions", side: "right", body: Drawer },
  { name: "events", title: "Events", side: "right", body: Events },
  { name: "ledger", title: "Reports", side: "bottom", body: Ledger },
  { name: "files", title: "Files", side: "right", body: Files },
  { name: "keys", title: "Keys", side: "right", body: Keys },
  { name: "warnings", title: "Warnings", side: "right", body: Warnings },
];

function Warnings({ scenario }) {
  return html`<${Faults} scenario=${scenario} faults=${scenario.faults} />`;
}

class App extends Component {
  constructor() {
    super();
    this.state = { scenario: null, problem: null, gone: false, notes: [], panel: null, address: "", guess: NO_GUESS };
    this.store = null;
    this.outcomes = new Outcomes(() => this.soon());
    this.forecasts = new Forecasts(() => this.soon());
    this.change = (next, how) => {
      const { scenario, state: { whatIf } } = this.store;
      this.store.change(titled(scenario, whatIf, whole(next)), how);
    };
    this.look = (partial) => this.store.look(partial);
    this.toggle = (panel) => this.setState((was) => ({ panel: was.panel === panel ? null : panel }));
    this.setGuess = (guess) => this.setState({ guess });
    this.close = () => this.setState({ panel: null });
  }

  componentDidMount() {
    addEventListener("hashchange", () => this.fromAddress());
    addEventListener("keydown", (event) => this.key(event));
    for (const name of ["pointerdown", "pointerup", "pointercancel"]) {
      addEventListener(name, () => { if (this.store) this.store.isHeld = name === "pointerdown"; }, true);
    }
    this.unwatch = watch({ revision: (number) => this.revised(number), gone: () => this.lost() });
  }

  /** Draw again with the next frame, once however much there is to show. */
  soon() {
    if (this.drawing) return;
    this.drawing = true;
    requestAnimationFrame(() => {
      this.drawing = false;
      this.setState({});
    });
  }

  async revised(number) {
    const back = this.state.gone;
    if (!back && number === this.state.scenario?.revision) return;
    try {
      this.opened(await one("/api/scenario"), back);
    } catch (error) {
      if (error.problem) this.setState({ problem: error, gone: false });
    }
  }

  opened(scenario, back) {
    const before = this.state.scenario;
    this.setState({ scenario, problem: null, gone: false });
    if (!scenario.usable && !scenario.stale) return;
    document.title = `${scenario.title || scenario.name} · Tiau`;
    if (this.store === null) return this.begin(scenario);
    const { state, lost } = carried(scenario, before, this.store.state);
    const isOther = scenario.digest !== before.digest;
    this.store.scenario = scenario;
    if (isOther || back) this.outcomes.forget(scenario);
    if (isOther) this.forecasts.stop();
    if (isOther) {
      const gone = lost.length ? ` Not applied any more: ${lost.join("; ")}.` : "";
      this.setState({ notes: [`The scenario was read again: it has changed.${gone}`] });
    }
    this.store.go(state);
  }

  begin(scenario) {
    const { state, notes } = readAddress(scenario, location.hash);
    this.store = new Store(scenario, state ?? firstState(scenario));
    this.store.listen((how) => this.moved(how));
    this.outcomes.forget(scenario);
    this.setState({ notes });
    this.moved("settled");
  }

  moved(how) {
    const { state } = this.store;
    if (how === "dragged") this.outcomes.drag(state);
    else if (how === "settled") this.outcomes.settle(state);
    else if (this.followed !== state.view.followed || this.quantity !== state.view.quantity) this.outcomes.look(state);
    this.followed = state.view.followed;
    this.quantity = state.view.quantity;
    if (how !== "dragged") this.write();
    this.soon();
  }

  /** Write the address once it is quiet: browsers refuse too many in a short time. */
  write() {
    clearTimeout(this.writing);
    this.writing = setTimeout(() => this.written(), 400);
  }

  /** Write the address now, and return it. */
  written() {
    clearTimeout(this.writing);
    const hash = addressOf(this.store.scenario, this.store.state);
    if (hash !== location.hash) history.replaceState(null, "", hash);
    this.setState({ address: location.href });
    return location.href;
  }

  fromAddress() {
    if (!this.store || location.hash === addressOf(this.store.scenario, this.store.state)) return;
    const { state, notes } = readAddress(this.store.scenario, location.hash);
    this.setState({ notes });
    if (state) this.store.go(state);
    else this.write();
  }

  lost() {
    this.outcomes.gone();
    this.setState({ gone: true });
  }

  key(event) {
    if (nextPart(event)) return;
    const isWriting = event.target.closest?.("input:not([type=range]):not([type=checkbox]), textarea");
    if (!this.store || isWriting || event.altKey) return;
    const key = event.key?.toLowerCase();
    if (!event.ctrlKey && !event.metaKey) {
      if (key === "?" && !event.repeat) this.toggle("keys");
      return;
    }
    if (key === "z") this.store[event.shiftKey ? "redo" : "undo"]();
    else if (key === "y") this.store.redo();
    else return;
    event.preventDefault();
  }

  render() {
    const { scenario, problem, gone } = this.state;
    if (!this.store) return html`<${Start} ...${{ scenario, problem, gone }} />`;
    return this.page(scenario);
  }

  forecasting({ digest }) {
    const { forecasts } = this;
    return { state: forecasts.of(digest), ask: () => forecasts.ask(digest), stop: () => forecasts.stop() };
  }

  page(scenario) {
    const { panel, notes, gone, address, guess } = this.state;
    const { state, steps } = this.store;
    const { whatIf, view, members, seed } = state;
    const { change, look, setGuess } = this;
    const forecasting = this.forecasting(scenario);
    const outcome = { ...this.outcomes.outcome, forecast: forecasting.state.forecast };
    const hidden = hidesResults(guess, whatIf);
    const given = { scenario, whatIf, change, view, look, outcome, members, seed, guess, setGuess, hidden, address };
    // Who is to guess first sees the scenario as it is, wherever numbers are shown.
    const shared = hidden ? { ...given, outcome: { ...outcome, now: outcome.baseline } } : given;
    const panels = PANELS.filter(({ name }) => name !== "warnings" || scenario.faults.length > 0);
    const open = panels.find(({ name }) => name === panel);
    const wrong = scenario.faults.filter(({ level }) => level === "fault");
    return html`<${Skips} />
      <${Header} ...${given} panels=${panels} panel=${panel} toggle=${this.toggle} steps=${steps}
        undo=${() => this.store.undo()} redo=${() => this.store.redo()} />
      <${Notes} notes=${notes} close=${() => this.setState({ notes: [] })} />
      ${wrong.length > 0 && html`<${Faults} scenario=${scenario} faults=${wrong} />`}
      ${outcome.now.faults.length > 0 && html`<${Faults} title="This cannot be run:" faults=${outcome.now.faults} />`}
      <main class=${`page ${open ? `beside-${open.side}` : ""}`}>
        <section class="where" aria-label="Where people are">
          <${Places} ...${shared} /><${Guard} name="The map" renew=${state}><${MapView} ...${shared} /></${Guard}>
          <${Timeline} ...${given} />
        </section>
        <section class="when" aria-label="How it goes on"><${Guard} name="The chart" renew=${state}>
          <${Guess} ...${given} /><${Chart} ...${given} forecasting=${forecasting} /></${Guard}></section>
        <section class="decided" aria-label="What is decided"><${Guard} name="The list of acts" renew=${state}>
          <${Acts} ...${given} /></${Guard}></section>
        ${open && html`<${Panel} key=${panel} ...${open} close=${this.close}>
          <${Guard} name=${open.title} renew=${state}><${open.body} ...${shared} /></${Guard}></${Panel}>`}
      </main>
      <footer><${Status} ...${given} gone=${gone} again=${() => this.outcomes.settle(state)} />
        <${Share} address=${address} written=${() => this.written()} /></footer>
      <${Guard} name="What is printed" renew=${state}><${PrintPages} ...${shared} /></${Guard}>`;
  }
}

const place = document.getElementById("app");
place.replaceChildren();
render(html`<${App} />`, place);
