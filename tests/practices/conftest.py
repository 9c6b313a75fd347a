"""Pages of the library that show people need the directory's index and its sign-in."""

from tests.network.conftest import indexed, signed_in

__all__ = ["indexed", "signed_in"]
