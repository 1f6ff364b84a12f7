"""Draw the picture of the README from a run of mizoram-2021: python tools/picture.py.

It prints which reports lie outside the band, to be said beside the picture.
"""

from pathlib import Path

import tiau
from tiau.evaluation.outside import outside
from tiau.presentation.charts import area_band
from tiau.presentation.words.coverage import outside_words

if __name__ == "__main__":
    result = tiau.simulate(tiau.load("mizoram-2021"))
    title = "Mizoram: displaced people present, simulated (bands, median) and reported (red)"
    svg = area_band(result, "Mizoram", "present", title=title)
    Path("docs/mizoram-2021.svg").write_text(svg, encoding="utf-8")
    print(outside_words(outside(result, "Mizoram", "present")))
