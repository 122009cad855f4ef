"""Less work for the collector of garbage, which took a fifth of the time of quick tests."""

import gc


def pytest_collection_finish() -> None:
    """What has been imported stays, and most of what a test makes goes without a search."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
