"""Which of many folders changed at random are worth a try: few of them, and every way of changing them."""

import re
from collections import Counter
from functools import cache

DETAILS = re.compile(r"\d+|'[^']*'|=.*")


@cache
def varied(folder_of, seeds, least=4):
    """Return the seeds whose folders are changed in a way in which fewer than `least` before them are."""
    seen, found = Counter(), []
    for seed in seeds:
        ways = {way for one in folder_of(seed)[1] for way in DETAILS.sub("", one).split(": ")}
        if any(seen[way] < least for way in ways):
            seen.update(ways)
            found.append(seed)
    return found
