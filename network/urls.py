"""People, organisations, networks: short addresses that last."""

from django.urls import path

from network import joining_urls, views

app_name = "network"
urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/<slug:public_id>/", views.entry, name="entry"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
    path("networks/", views.networks, name="networks"),
    path("networks/<slug:slug>/", views.network, name="network"),
    *joining_urls.public,
]
