"""The cookie in which a notice waits for the next page: encrypted, for some name people and things."""

from __future__ import annotations

import base64
import zlib
from typing import Any

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.core.signing import BadSignature

from kommissorium.core.encryption import decrypt, encrypt

PURPOSE = "notices"


class Cipher:
    """Encrypts where Django would only sign."""

    def sign_object(self, value: object, serializer: Any, compress: bool) -> str:
        """Return a value as text that nobody in the browser can read or change."""
        sealed = encrypt(zlib.compress(serializer().dumps(value)), PURPOSE)
        return base64.urlsafe_b64encode(sealed).decode("ascii")

    def unsign_object(self, text: str, serializer: Any) -> Any:
        """Return the value. Raises BadSignature for a text that is none of ours."""
        try:
            data = decrypt(base64.urlsafe_b64decode(text), PURPOSE)
        except (ValueError, InvalidTag) as error:
            raise BadSignature(str(error)) from None
        return serializer().loads(zlib.decompress(data))


class NoticeCookie(CookieStorage):
    """Django's cookie, encrypted, under the name of the settings: behind https this host's alone."""

    cookie_name = settings.NOTICE_COOKIE_NAME

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signer = Cipher()


class NoticeStorage(FallbackStorage):
    """Django's storage of notices: what does not fit into the cookie lies in the session."""

    storage_classes = (NoticeCookie, SessionStorage)
