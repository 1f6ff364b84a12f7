// What the people are that the page tells, while runs go on and when they have ended.

/** In full, for an explanation. */
export const MEANS = {
  median: "median of the runs", estimate: "an estimate until the runs are in",
  expected: "a first reckoning without chance, from which the runs may lie far apart",
};

/** Beside a number. */
export const SHORT = { median: "median", estimate: "estimate", expected: "first reckoning, no runs yet" };

/** People told in a sentence: `told` ("12,300 people in Mizoram") with what they are. */
export function withMeans(told, means) {
  if (means === "median") return told;
  return means === "estimate" ? `about ${told} (${MEANS.estimate}, which give its range)`
    : `no answer yet: ${told} by ${MEANS.expected}`;
}

/** What stands above many numbers that no run has told yet; blank where runs have. */
export const firstWords = ({ means, expected }) =>
  (means === "expected" && expected ? `No answer yet: ${MEANS.expected}` : "");

/** What stands where people are of a question before: nothing has come yet of what is asked now. */
export const oldWords = ({ status }) =>
  ({ failed: "of what was asked before", gone: "of what was asked before" })[status] ?? "working ...";
