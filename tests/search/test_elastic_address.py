"""The parts of ELASTICSEARCH_URL."""

from search.engines.elastic.address import Address


def test_an_address_has_a_server_a_login_and_the_beginning_of_all_index_names():
    address = Address.of("https://site:open%2Fsesame@search.example:9243/waymark-2")

    assert address == Address("https", "search.example", 9243, "waymark-2", "site", "open/sesame")


def test_what_an_address_leaves_out_is_usual():
    assert Address.of("http://search") == Address("http", "search", 9200, "waymark", "", "")
    assert Address.of("https://search/").port == 443


def test_an_address_prints_no_login():
    assert "sesame" not in repr(Address.of("https://site:sesame@search"))
