"""Every address of the product; the pages stand in `fanlight.casework.web`, the API in `fanlight.casework.api`."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include(("fanlight.casework.api.urls", "api"))),
    path("", include("fanlight.casework.web.urls")),
]

handler400 = "fanlight.casework.web.views.errors.bad_request"
handler403 = "fanlight.casework.web.views.errors.not_allowed"
handler404 = "fanlight.casework.web.views.errors.not_found"
handler500 = "fanlight.casework.web.views.errors.broken"
