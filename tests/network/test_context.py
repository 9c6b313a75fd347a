"""A page's own context never takes the place of what every page shares."""

import pytest
from django.test import Client

from network.models import Network, Organisation
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory


@pytest.mark.django_db
def test_the_language_menu_stands_on_every_page_of_the_directory(client: Client) -> None:
    body: Organisation = OrganisationFactory(languages=["sq"])
    network: Network = NetworkFactory()
    entry = PractitionerFactory(networks=[network], listing_for="public")

    for address in (
        "/en/people/",
        "/en/networks/",
        "/en/organisations/",
        body.get_absolute_url(),
        network.get_absolute_url(),
        entry.get_absolute_url(),
        "/en/people/00/",
    ):
        response = client.get(address)
        assert 'hreflang="ru"' in response.content.decode(), address
