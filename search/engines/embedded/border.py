"""The one border at which the engine's errors become ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from search.engines.base import EngineError


@contextmanager
def engine_border() -> Iterator[None]:
    """Turns what tantivy raises into EngineError. Its panics are BaseExceptions of a class it does not export."""
    try:
        yield
    except EngineError:
        raise
    except (ValueError, OSError, RuntimeError, KeyError) as error:
        raise EngineError(f"{type(error).__name__}: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise EngineError(f"the engine panicked: {error}") from error
