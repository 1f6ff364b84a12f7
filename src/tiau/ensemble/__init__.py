"""Members of an ensemble in batches, on one machine or many: threads, processes, a dask cluster.

A member depends on its own key alone, and what batches show is put together in the order of members, so that every
number is the same however members are shared out.
"""
