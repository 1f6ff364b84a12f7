// Where days and people lie in a drawing: the same left and right edge for the chart and for the acts below it.

import { dateOf } from "../words/days.mjs";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120];
const DAY_STEPS = [1, 2, 5, 10];
const STEPS = [1, 2, 2.5, 5, 10];

/** Left and right edge of the days in a drawing so many pixels wide. */
export const edgesOf = (width) => ({ left: Math.round(Math.min(Math.max(width * 0.18, 74), 132)), right: width - 20 });

/** Days across a drawing: where one begins, lies and ends, and which one lies at a place. */
export function daysAcross(width, days) {
  const { left, right } = edgesOf(width);
  const wide = (right - left) / days;
  const inside = (x) => Math.min(Math.max(x, left), right);
  return {
    left, right, days, wide,
    begins: (day) => inside(left + day * wide),
    middle: (day) => left + (day + 0.5) * wide,
    ends: (day) => inside(left + (day + 1) * wide),
    at: (x) => Math.min(Math.max(Math.floor((x - left) / wide), 0), days - 1),
  };
}

/** Days to be named below an axis: {day, words, year}, first days of months, or of few days some of them. */
export function ticksOf(scenario, across, room = 46) {
  const days = Array.from({ length: scenario.days }, (_, day) => {
    const [year, month, date] = dateOf(scenario, day).split("-").map(Number);
    return { day, year, month, date };
  });
  if (scenario.days <= 62) {
    const step = DAY_STEPS.find((one) => one * across.wide >= room) ?? 15;
    return named(days.filter(({ date }) => (date - 1) % step === 0 && (step === 1 || date < 30)), true);
  }
  const firsts = days.filter(({ date }) => date === 1);
  const of = (step) => firsts.filter(({ year, month }) => (year * 12 + month - 1) % step === 0);
  const fits = (found) => found.every(({ day }, at) => at === 0 || (day - found[at - 1].day) * across.wide >= room);
  return named(of(MONTH_STEPS.find((step) => fits(of(step))) ?? 120), false);
}

function named(found, byDay) {
  return found.map(({ day, year, month, date }, at) => {
    const isNew = at === 0 || found[at - 1].year !== year;
    const words = byDay ? `${date} ${MONTHS[month - 1]}` : MONTHS[month - 1];
    return { day, words, year: isNew ? String(year) : "" };
  });
}

/** People up a drawing, from nobody or on a logarithmic scale: where so many lie, how many lie at a place, ticks. */
export function peopleUp(top, foot, most, isLog) {
  const size = isLog ? (number) => Math.log10(Math.max(number, 1)) : (number) => number;
  const high = Math.max(size(most), 1e-9);
  return {
    top, foot, most, isLog, size, high,
    y: (number) => foot - (foot - top) * size(Math.min(number, most)) / high,
    at: (y) => {
      const share = Math.min(Math.max((foot - y) / (foot - top), 0), 1) * high;
      return isLog ? 10 ** share : share;
    },
    ticks: isLog ? decades(most) : evenly(most),
  };
}

function decades(most) {
  return Array.from({ length: Math.floor(Math.log10(most) + 1e-9) + 1 }, (_, power) => 10 ** power);
}

function evenly(most) {
  const step = stepOf(most);
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, at) => at * step);
}

function stepOf(most) {
  const unit = 10 ** Math.floor(Math.log10(most / 4));
  return STEPS.map((step) => step * unit).find((step) => most / step <= 5.001);
}

/** The end of an axis that holds so many people, such that ticks come out even. */
export function roundTop(most, isLog) {
  const least = Math.max(most, 10);
  const step = stepOf(least);
  return isLog ? least * 1.5 : Math.ceil(least / step - 1e-9) * step;
}
