"""Case folders in the format of Flee: input_csv/ and source_data/ read into a `FleeCase`, and written."""

from tiau.flee.reading.folder import read_case
from tiau.flee.reading.importing import import_case
from tiau.flee.reading.whereabouts import is_case, meant_instead
from tiau.flee.reading.writing import write_case

__all__ = ["import_case", "is_case", "meant_instead", "read_case", "write_case"]
