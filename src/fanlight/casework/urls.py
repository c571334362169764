"""Every address of the product; the pages themselves stand in `fanlight.casework.web`."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
