// A field for the day, to be typed; a date outside the days that are shown changes nothing.

import { html } from "../vendor/preact.mjs";
import { useTyped } from "../shell/typed.mjs";
import { dateOf, dayOf } from "../words/days.mjs";

export function DayBox({ scenario, view, look }) {
  const field = useTyped(dateOf(scenario, view.day));
  const typed = ({ currentTarget: { value, validity } }) => {
    if (value && validity.valid) look({ day: dayOf(scenario, value) });
  };
  return html`<input ...${field} class="day-box" type="date" required aria-label="Day, as a date" min=${scenario.start}
    max=${scenario.last} onInput=${typed} />`;
}
