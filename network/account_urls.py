"""What members and coordinators do, under /account/: each room brings its own addresses.

These pages are in the person's own language and in no search engine.
"""

from django.urls import URLPattern, URLResolver

from network import reaching_urls

app_name = "network_account"
urlpatterns: list[URLPattern | URLResolver] = [*reaching_urls.urlpatterns]
