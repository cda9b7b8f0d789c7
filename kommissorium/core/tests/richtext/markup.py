"""Markup as it may arrive: tidy, untidy and hostile."""

from __future__ import annotations

from hypothesis import strategies as st

KEPT = ["p", "strong", "em", "ul", "ol", "li", "h3", "h4", "blockquote", "table", "tr", "td", "th"]
UNDERSTOOD = ["b", "i", "div", "h1", "h6", "caption", "thead", "tbody", "tfoot", "pre", "dl", "dd"]
OTHER = ["span", "font", "u", "section", "details", "center", "form", "label", "o:p", "nav", "sub"]
HOSTILE = [
    "<script>alert(1)</script>",
    "<script src='https://evil.example/x.js'></script>",
    "<img src='https://evil.example/pixel.gif' onerror=alert(1)>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<a href='javascript:alert(1)'>press</a>",
    "<a href='JaVa\tScRiPt:alert(1)'>press</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>press</a>",
    "<a href='//evil.example'>press</a>",
    "<a href='https://ok.example/\" onclick=\"alert(1)'>press</a>",
    "<style>p { background: url(https://evil.example) }</style>",
    "<p style='background:url(https://evil.example)' onclick='alert(1)' class=x id=y>text</p>",
    "<iframe src='https://evil.example'></iframe>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<video poster='https://evil.example'><source src=x></video>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<p><![if !supportLists]>·<![endif]>word</p>",
    "</p></div></table>",
    "<td>loose</td>",
    "<a href='mailto:anna@example.dk'>write</a>",
    "<a href='https://example.dk/a?b=c&d=e#f'>read</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<",
    "&",
    "&#0;",
    "&nbsp;",
    "<br>",
    "<hr>",
]

words = st.text("abcdefghijklmnopqrstuvwxyzæøåABCÆØÅ0123456789", min_size=1, max_size=8)


def _wrapped(children: st.SearchStrategy[str], tags: list[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, inner: f"<{tag}>{''.join(inner)}</{tag}>",
        st.sampled_from(tags),
        st.lists(children, max_size=4),
    )


def _spanning(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    spans = st.integers(0, 40)
    return st.builds(
        lambda wide, high, inner: f"<td colspan={wide} rowspan='{high}'>{inner}</td>",
        spans,
        spans,
        children,
    )


wild = st.recursive(
    st.one_of(st.text(max_size=12), words, st.sampled_from(HOSTILE)),
    lambda inner: st.one_of(_wrapped(inner, KEPT + UNDERSTOOD + OTHER), _spanning(inner)),
    max_leaves=25,
)
documents = st.lists(wild, max_size=6).map("".join)

_spaced = words.map(lambda word: f" {word} ")
honest = st.lists(
    st.recursive(_spaced, lambda inner: _wrapped(inner, KEPT + UNDERSTOOD + OTHER), max_leaves=25),
    max_size=5,
).map(lambda parts: f"<div>{''.join(parts)}</div>")
