// The map: land, places with their people on the day, and people on their way.

import { html } from "./vendor/preact.mjs";

export function MapView() {
  return html`<div class="map"></div>`;
}
