// Days of a scenario, counted from its first, and their dates.

const DAY = 86400000;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];

/** The date (2021-05-03) of a day. */
export const dateOf = (scenario, day) =>
  new Date(Date.parse(scenario.start) + day * DAY).toISOString().slice(0, 10);

/** The number of the day of a date; may lie outside the scenario, NaN for what is no date. */
export const dayOf = (scenario, date) => Math.round((Date.parse(date) - Date.parse(scenario.start)) / DAY);

/** A day as it is spoken: 3 May 2021. */
export function spoken(scenario, day) {
  const [year, month, date] = dateOf(scenario, day).split("-").map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
}
