"""The mail to holders of printed copies of outdated plans. It holds no word of them."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.continuity.models import ContinuityPlan, PaperCopy
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.ui.localised import day


def tell_holders(plan: ContinuityPlan) -> None:
    """Queue a mail to holders of a copy that this version replaces, or of all plans."""
    ours = Q(service=plan.service_id) | Q(service=None)
    for one in PaperCopy.objects.kept().filter(ours, holder__is_active=True):
        if not one.holder.email:
            continue
        with translation.override(one.holder.language):
            values = {
                "name": one.holder.name,
                "title": str(plan),
                "place": one.place,
                "day": day(one.printed_on),
                "link": f"{settings.SITE_URL}{reverse('continuity_copies')}",
            }
            parts = [
                _("Hello %(name)s") % values,
                _("%(title)s is approved. Your printed copy of %(day)s (%(place)s) is out of date.")
                % values,
                _("Print the plans again, and destroy the old copy:\n%(link)s") % values,
            ]
            subject = _("A printed copy of yours is out of date")
        queue_mail(
            to=one.holder.email,
            kind="continuity.copy_outdated",
            key=f"{plan.pk}:{one.pk}",
            subject=subject,
            body="\n\n".join(parts),
        )
