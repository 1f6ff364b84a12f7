"""Draw the picture of the README from a run of mizoram-2021: python tools/picture.py.

It prints which reports lie outside the band, to be said beside the picture.
"""

from pathlib import Path

import tiau
from tiau.evaluation.outside import outside
from tiau.presentation.course.chart import WIDE, course
from tiau.presentation.words.coverage import outside_words

# On its own the picture has no page to take its colours from.
COLOURS = (
    "<style>svg { --page: #fff; --ink: #222; --soft: #566; --line: #ddd; --grey: #889; --band: #1f6f8b; "
    "--out: #b3261e; --register: #c0392b; --agency: #7a3e9d; --media: #2e8540; --other: #9a6b00; "
    "background: var(--page); font-family: sans-serif; }</style>"
)

if __name__ == "__main__":
    result = tiau.simulate(tiau.load("mizoram-2021"))
    svg = course(result, "Mizoram", "present", suppress_below=10, size=WIDE[:1])
    Path("docs/mizoram-2021.svg").write_text(svg.replace("<title>", f"{COLOURS}<title>", 1), encoding="utf-8")
    print(outside_words(outside(result, "Mizoram", "present")))
