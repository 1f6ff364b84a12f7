// The forecast of the scenario as it is: a button that asks for it, how far it is, and where it says nothing.

import { html } from "../vendor/preact.mjs";
import { Press } from "../shell/press.mjs";
import { spoken } from "../words/days.mjs";
import { people } from "../words/numbers.mjs";

const LONG = "Seconds to a minute with a fit for that day, else minutes.";

/** The button that asks for it and stops it; nothing where the model has nothing to say of days ahead. */
export function AskForecast({ scenario, forecasting }) {
  if (!scenario.ahead || !forecasting) return null;
  const { state: { status }, ask, stop } = forecasting;
  const words = status === "running" ? "Stop the forecast" : `Forecast from ${spoken(scenario, scenario.known)}`;
  const press = status === "running" ? stop : ask;
  // One button whatever it does: it keeps the focus of who pressed it. A second click or a key held down begins a
  // forecast and does not stop it.
  const click = (event) => event.detail < 2 && press();
  const key = (event) => event.repeat && event.preventDefault();
  const isDone = status === "done";
  return html`<${Press} class="chart-ask" title=${isDone ? "It is shown" : LONG} off=${isDone} onClick=${click}
    onKeyDown=${key}>${words}<//>`;
}

/** What is to be said of it: progress, faults, or that what is followed has none. */
export function ForecastSaid({ scenario, view, shown, forecasting }) {
  if (!forecasting) return null;
  const { status, words } = forecasting.state;
  const said = forecastWords(scenario, view, shown.forecast, forecasting.state);
  return html`<p class="chart-forecast" role="status">${status === "running" ? `Forecast: ${words}. ${LONG}` : said}</p>`;
}

function forecastWords(scenario, view, fan, { status, problems, forecast }) {
  if (status === "failed") {
    return `There is no forecast: ${problems.map(({ problem, remedy }) =>
      [problem, remedy].filter(Boolean).join("; ")).join(" ")}`;
  }
  if (status !== "done") return "";
  if (view.quantity !== "present") return "The forecast tells people there, not arrivals.";
  if (fan) return told(scenario, view, fan, forecast);
  const names = Object.keys(forecast.areas).map((at) => scenario.followed[at]?.label).filter(Boolean);
  const some = names.slice(0, MOST_NAMES).join(", ");
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  return `The forecast has nothing of ${scenario.followed[view.followed].name}`
    + (names.length ? `; it tells ${some}${more}.` : ", nor of any other place that can be followed.");
}

/** The forecast of the view's day, or of its last day where the view looks at none of its days. */
function told(scenario, view, fan, { days }) {
  const day = Number.isFinite(fan.p50[view.day]) ? view.day : Math.min(days.at(-1), scenario.days - 1);
  const [low, middle, high] = [fan.p05, fan.p50, fan.p95].map((values) => values[day]);
  return `Forecast for ${spoken(scenario, day)}, with nothing changed: ${people(middle)} people in `
    + `${scenario.followed[view.followed].name} (${people(low, 2)} to ${people(high, 2)} nine in ten). `
    + "If nothing is changed quote this of days ahead: runs let the last days known happen again, to compare decisions.";
}

const MOST_NAMES = 4;
