"""Counts of an ensemble against distributions that are known."""

import math

from scipy import stats

ALL = 4000  # members of an ensemble
PERSONS = 1e-6  # relative error of expectations


def agrees_with_binomial(found, people, p):
    """Mean and variance by z below 4: error rate 1.3e-4."""
    mean, variance, kurtosis = (float(v) for v in stats.binom.stats(people, p, moments="mvk"))
    z_of_mean = (found.mean() - mean) / math.sqrt(variance / found.size)
    z_of_variance = (found.var() / variance - 1) / math.sqrt((kurtosis + 2) / found.size)
    return abs(z_of_mean) < 4 and abs(z_of_variance) < 4


def agrees_with_hypergeometric(found, marked, total, drawn):
    """Mean and variance by z below 4, the variance by its large-sample error: error rate 1.3e-4."""
    mean, variance = stats.hypergeom.stats(total, marked, drawn, moments="mv")
    z_of_mean = (found.mean() - mean) / math.sqrt(variance / found.size)
    squares = (found - mean) ** 2
    z_of_variance = (squares.mean() - variance) / (squares.std() / math.sqrt(found.size))
    return abs(z_of_mean) < 4 and abs(z_of_variance) < 4
