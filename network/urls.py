"""People, organisations, networks: short addresses that last."""

from django.urls import path

from network.views import directory, gaps

app_name = "network"
urlpatterns = [
    path("people/", directory.people, name="people"),
    path("people/<slug:public_id>/", directory.entry, name="entry"),
    path("organisations/", directory.organisations, name="organisations"),
    path("organisations/<slug:slug>/", directory.organisation, name="organisation"),
    path("networks/", directory.networks, name="networks"),
    path("networks/<slug:slug>/", directory.network, name="network"),
    path("gaps/", gaps.gaps, name="gaps"),
]
