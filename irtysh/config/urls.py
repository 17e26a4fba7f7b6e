"""Addresses: the back office, documents, and the portal's pages under /ru/, /kk/, /en/."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from irtysh.api.urls import at_the_root
from irtysh.portal.sitemap import robots, sitemap

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/", include("irtysh.api.urls")),
    path("sdmx/", include("irtysh.api.sdmx.urls")),
    *at_the_root,
]

if settings.IRTYSH_PROFILE != "production":
    # In production the web server in front serves uploads.
    urlpatterns += [
        re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
    ]

urlpatterns += [
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    # Pages made from the release first: the rest belongs to the editors' tree.
    *i18n_patterns(path("", include("irtysh.portal.urls")), path("", include(wagtail_urls))),
]

handler403 = "irtysh.portal.errors.forbidden"
handler404 = "irtysh.portal.errors.not_found"
handler500 = "irtysh.portal.errors.broken"
