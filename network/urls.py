"""People, organisations, networks: short addresses that last."""

from django.urls import path

from network import views
from network.views import enquiries

app_name = "network"
urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/<slug:public_id>/", views.entry, name="entry"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
    path("networks/", views.networks, name="networks"),
    path("networks/<slug:slug>/", views.network, name="network"),
    path("networks/<slug:slug>/write/", enquiries.write_to_network, name="write_to_network"),
    path("answer/", enquiries.read_answer, name="answer"),
]
