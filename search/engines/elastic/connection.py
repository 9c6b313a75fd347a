"""Clients of the server: a quick one for readers, a patient one for writing. Neither tries again by itself."""

from dataclasses import dataclass

from elastic_transport import NodeConfig
from elasticsearch import Elasticsearch

from search.engines.elastic.address import Address

# More than a web process has threads: nobody waits for a connection.
CONNECTIONS = 32


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds until an answer must be there. A reader is told within two that search is degraded."""

    reading: float = 1.2
    asking: float = 0.7  # each of the two questions after the state of the index
    writing: float = 30.0


def connect(address: Address, seconds: float) -> Elasticsearch:
    """A client that gives up after these seconds, connecting included."""
    node = NodeConfig(
        address.scheme, address.host, address.port, request_timeout=seconds, connections_per_node=CONNECTIONS
    )
    login = (address.user, address.password) if address.user else None
    return Elasticsearch([node], basic_auth=login, max_retries=0, retry_on_timeout=False)
