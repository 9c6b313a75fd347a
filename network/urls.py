"""People, organisations, networks: short addresses that last."""

from django.urls import path

from network import joining_urls
from network.views import directory, enquiries, gaps

app_name = "network"
urlpatterns = [
    path("people/", directory.people, name="people"),
    path("people/areas/", gaps.areas, name="areas"),
    path("people/<slug:public_id>/", directory.entry, name="entry"),
    path("organisations/", directory.organisations, name="organisations"),
    path("organisations/<slug:slug>/", directory.organisation, name="organisation"),
    path("networks/", directory.networks, name="networks"),
    path("networks/<slug:slug>/", directory.network, name="network"),
    path("gaps/", gaps.gaps, name="gaps"),
    path("networks/<slug:slug>/write/", enquiries.write_to_network, name="write_to_network"),
    path("answer/", enquiries.read_answer, name="answer"),
    *joining_urls.public,
]
