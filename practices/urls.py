"""Addresses of the library beside its pages."""

from django.urls import path

from practices import views

app_name = "practices"
urlpatterns = [path("corridors/", views.corridors, name="corridors")]
