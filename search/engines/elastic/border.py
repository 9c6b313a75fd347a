"""The one border at which the client's errors become ours. What people searched for must not get into a log.

The server's reasons quote the query and the document, so an error says only its class, its status and its kind.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError

from search.engines.base import EngineError
from search.engines.elastic.breaker import Breaker, UnreachableError

# The server is overwhelmed, starting, or without a part of the index: what it holds may be whole.
UNWELL = frozenset({429, 502, 503, 504})


class PartialAnswerError(Exception):
    """Some shards did not answer, or not in time, or something else did: part of a list would look like the whole."""


class RefusedError(Exception):
    """The server will not have a document; holds its key and the kind of the refusal."""


@contextmanager
def elastic_border(breaker: Breaker) -> Iterator[None]:
    """Turns what the client raises into EngineError, and tells the breaker how the server is."""
    try:
        yield
    except ApiError as error:
        said = f"{type(error).__name__} {status_of(error)} {kind_of(error)}".strip()
        if status_of(error) in UNWELL:
            breaker.failed()
            raise UnreachableError(said) from None
        breaker.answered()
        raise EngineError(said) from None
    except TransportError as error:
        breaker.failed()
        raise UnreachableError(type(error).__name__) from None
    except PartialAnswerError as error:
        breaker.failed()
        raise UnreachableError(str(error)) from None
    except RefusedError as error:
        breaker.answered()
        raise EngineError(str(error)) from None
    breaker.answered()


def status_of(error: ApiError) -> int:
    """Of one search of several it stands in the body: the request as a whole was answered with 200."""
    body: Any = error.body
    return body["status"] if isinstance(body, dict) and isinstance(body.get("status"), int) else error.meta.status


def kind_of(error: ApiError) -> str:
    """The server's name for the error, such as index_not_found_exception."""
    said = error.body.get("error") if isinstance(error.body, dict) else None
    return str(said.get("type", "")) if isinstance(said, dict) else ""
