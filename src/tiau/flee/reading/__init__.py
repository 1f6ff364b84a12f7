"""Case folders in the format of Flee: input_csv/ and source_data/ read into a `FleeCase`, and written."""

from tiau.flee.reading.examination import examine
from tiau.flee.reading.folder import load
from tiau.flee.reading.whereabouts import is_case, meant_instead
from tiau.flee.reading.writing import write

__all__ = ["examine", "is_case", "load", "meant_instead", "write"]
