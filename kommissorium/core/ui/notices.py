"""The cookie in which a notice waits for the next page: named as all cookies of the program are."""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class NoticeCookie(CookieStorage):
    """Django's cookie under the name of the settings: behind https it is this host's alone."""

    cookie_name = settings.NOTICE_COOKIE_NAME


class NoticeStorage(FallbackStorage):
    """Django's storage of notices: what does not fit into the cookie lies in the session."""

    storage_classes = (NoticeCookie, SessionStorage)
