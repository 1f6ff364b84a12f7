"""Case folders in the format of Flee: input_csv/ and source_data/ read into a `FleeCase`, and written."""

from tiau.readers.flee.folder import is_case, read_case
from tiau.readers.flee.importing import import_case
from tiau.readers.flee.writing import write_case

__all__ = ["import_case", "is_case", "read_case", "write_case"]
