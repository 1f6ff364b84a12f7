"""Case folders in the format of Flee: input_csv/ and source_data/ read into a `FleeCase`, and written."""

from tiau.readers.flee.folder import read_case
from tiau.readers.flee.importing import import_case
from tiau.readers.flee.whereabouts import is_case, meant_instead
from tiau.readers.flee.writing import write_case

__all__ = ["import_case", "is_case", "meant_instead", "read_case", "write_case"]
