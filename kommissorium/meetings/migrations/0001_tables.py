"""The tables of the room."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('committees', '0001_tables'),
        ('core', '0001_tables'),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Absence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='meetings.agendaitem')),
                        ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='meetings.attendance')),
                        ('ground', models.CharField(choices=[('arrived_late', 'Had not arrived'), ('left', 'Had left'), ('conflict', 'Conflict of interest: left the room')], max_length=20)),
                        ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                        ('noted_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('item', 'attendance'), name='one_absence_an_item')],
                    },
                ),
                migrations.CreateModel(
                    name='Advice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='advice', to='meetings.agendaitem')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('text', models.TextField(max_length=5000, verbose_name='advice')),
                        ('given_at', models.DateTimeField()),
                        ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('followed', models.BooleanField(blank=True, null=True, verbose_name='the advice was followed')),
                        ('because', models.TextField(blank=True, max_length=2000, verbose_name='why the advice was not followed')),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name_plural': 'advice',
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('item', 'person'), name='one_advice_per_adviser')],
                    },
                ),
                migrations.CreateModel(
                    name='AgendaItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='meetings.meeting')),
                        ('clause', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='committees.clause')),
                        ('position', models.PositiveIntegerField()),
                        ('number', models.PositiveSmallIntegerField(null=True)),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('type', models.CharField(choices=[('decision', 'For decision'), ('discussion', 'For discussion'), ('information', 'For information')], default='information', max_length=20, verbose_name='type')),
                        ('recommendation', models.TextField(blank=True, verbose_name='recommendation')),
                        ('presentation', models.TextField(blank=True, verbose_name='case presentation')),
                        ('is_closed', models.BooleanField(default=False, verbose_name='closed item')),
                        ('closed_ground', models.CharField(blank=True, max_length=200, verbose_name='why it is closed')),
                        ('is_recurring', models.BooleanField(default=False, verbose_name='comes again at the next meeting')),
                        ('late_because', models.CharField(blank=True, max_length=300, verbose_name='why it is late')),
                        ('withdrawn_because', models.CharField(blank=True, max_length=300, verbose_name='why it was withdrawn')),
                        ('carried_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_to', to='meetings.agendaitem')),
                        ('origin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.agendaitem')),
                        ('subject_kind', models.CharField(blank=True, max_length=60)),
                        ('subject_id', models.CharField(blank=True, max_length=40)),
                        ('subject_link', models.CharField(blank=True, max_length=200)),
                        ('facts', models.JSONField(blank=True, default=dict)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'ordering': ['position', 'pk'],
                        'indexes': [models.Index(fields=['subject_kind', 'subject_id'], name='meetings_ag_subject_7de689_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('is_closed', False), models.Q(('closed_ground', ''), _negated=True), _connector='OR'), name='closed_item_has_a_ground'), models.UniqueConstraint(fields=('meeting', 'number'), name='item_number_once'), models.UniqueConstraint(fields=('meeting', 'carried_from'), name='item_is_carried_once_to_a_meeting')],
                    },
                ),
                migrations.CreateModel(
                    name='Approval',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('minutes', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='approval', to='meetings.minutes')),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('capacity', models.CharField(choices=[('chair', 'Chair'), ('deputy_chair', "Deputy chair in the chair's absence")], max_length=20)),
                        ('chair_absent_because', models.CharField(blank=True, max_length=300)),
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.record')),
                        ('open_record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.record')),
                    ],
                ),
                migrations.CreateModel(
                    name='Attachment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='meetings.agendaitem')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('position', models.PositiveIntegerField()),
                        ('late_because', models.CharField(blank=True, max_length=300, verbose_name='why it is late')),
                        ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ],
                    options={
                        'ordering': ['position', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Attendance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='meetings.meeting')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to=settings.AUTH_USER_MODEL)),
                        ('seat', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='committees.seat')),
                        ('capacity', models.CharField(choices=[('holder', 'Holds the seat'), ('deputy', 'Deputy'), ('guest', 'Guest')], max_length=10)),
                        ('answer', models.CharField(blank=True, choices=[('', 'No answer yet'), ('accepted', 'Comes'), ('tentative', 'May come'), ('declined', 'Sends apologies')], max_length=10)),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('answered_by_way', models.CharField(blank=True, choices=[('', '–'), ('link', 'by the link in the mail'), ('calendar', 'by calendar file'), ('page', 'on the page'), ('secretary', 'written down by the secretary')], max_length=10)),
                        ('answer_sequence', models.PositiveIntegerField(default=0)),
                        ('answer_stamp', models.DateTimeField(null=True)),
                        ('apology', models.CharField(blank=True, max_length=300, verbose_name='reason of the apology')),
                        ('stands_in_since', models.DateTimeField(null=True)),
                        ('presence', models.CharField(blank=True, choices=[('', 'Not noted'), ('present', 'Present'), ('absent', 'Absent')], max_length=10)),
                        ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'ordering': ['seat__position', 'seat', '-capacity', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('meeting', 'person'), name='one_attendance_a_meeting')],
                    },
                ),
                migrations.CreateModel(
                    name='CalendarFeed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calendar_feeds', to=settings.AUTH_USER_MODEL)),
                        ('committee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='committees.committee')),
                        ('secret_hash', models.CharField(max_length=64, unique=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('revoked_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Call',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='call', to='meetings.meeting')),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('late_because', models.CharField(blank=True, max_length=300)),
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.record')),
                    ],
                ),
                migrations.CreateModel(
                    name='Comment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='meetings.minutes')),
                        ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='meetings.agendaitem')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('text', models.TextField(max_length=3000, verbose_name='comment')),
                        ('at', models.DateTimeField()),
                        ('settled_at', models.DateTimeField(null=True)),
                        ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('answer', models.CharField(blank=True, max_length=500, verbose_name='answer')),
                    ],
                    options={
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Confirmation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('minutes', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='confirmation', to='meetings.minutes')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='meetings.agendaitem')),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('changes', models.TextField(blank=True)),
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.record')),
                    ],
                ),
                migrations.CreateModel(
                    name='Decision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('security', models.CharField(blank=True, choices=[('stronger', 'Stronger'), ('unchanged', 'Unchanged'), ('weaker', 'Weaker')], max_length=10, verbose_name='Security')),
                        ('security_text', models.CharField(blank=True, max_length=500)),
                        ('usability', models.CharField(blank=True, choices=[('easier', 'Easier'), ('unchanged', 'Unchanged'), ('harder', 'Harder')], max_length=10, verbose_name='Usability')),
                        ('usability_text', models.CharField(blank=True, max_length=500)),
                        ('economy', models.CharField(blank=True, choices=[('saves', 'Saves money'), ('neutral', 'Costs nothing more'), ('costs', 'Costs money')], max_length=10, verbose_name='Economy')),
                        ('economy_text', models.CharField(blank=True, max_length=500)),
                        ('proportion', models.CharField(blank=True, choices=[('fitting', 'In proportion to the threat'), ('more', 'More than the threat demands'), ('less', 'Less than the threat demands')], max_length=10, verbose_name='Proportion to the threat')),
                        ('proportion_text', models.CharField(blank=True, max_length=500)),
                        ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='committees.committee')),
                        ('item', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decided', to='meetings.agendaitem')),
                        ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='meetings.meeting')),
                        ('year', models.PositiveSmallIntegerField()),
                        ('number', models.CharField(max_length=20)),
                        ('capacity', models.CharField(choices=[('committee', 'The committee'), ('chair', 'The chair between meetings'), ('deputy_chair', 'The deputy chair between meetings, the chair absent')], max_length=20)),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('outcome', models.CharField(choices=[('approved', 'Approved'), ('with_changes', 'Approved with changes'), ('rejected', 'Rejected'), ('deferred', 'Deferred'), ('noted', 'Taken note')], max_length=20, verbose_name='outcome')),
                        ('text', models.TextField(blank=True, verbose_name='decision')),
                        ('words', models.TextField(editable=False)),
                        ('why_now', models.TextField(blank=True, max_length=2000, verbose_name='why it could not wait')),
                        ('chair_absent_because', models.CharField(blank=True, max_length=300)),
                        ('is_impartial', models.BooleanField(default=False)),
                        ('is_closed', models.BooleanField(default=False)),
                        ('closed_ground', models.CharField(blank=True, max_length=200)),
                        ('subject_kind', models.CharField(blank=True, max_length=60)),
                        ('subject_id', models.CharField(blank=True, max_length=40)),
                        ('subject_link', models.CharField(blank=True, max_length=200)),
                        ('decided_at', models.DateTimeField()),
                        ('written_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.record')),
                    ],
                    options={
                        'ordering': ['-decided_at', '-pk'],
                        'indexes': [models.Index(fields=['subject_kind', 'subject_id'], name='meetings_de_subject_647240_idx'), models.Index(fields=['committee', 'year'], name='meetings_de_committ_3d3d40_idx')],
                        'constraints': [models.UniqueConstraint(fields=('committee', 'number'), name='decision_number_once'), models.CheckConstraint(condition=models.Q(('is_closed', False), models.Q(('closed_ground', ''), _negated=True), _connector='OR'), name='closed_decision_has_a_ground'), models.CheckConstraint(condition=models.Q(models.Q(('capacity', 'committee'), ('item__isnull', False)), models.Q(('capacity__in', ['chair', 'deputy_chair']), ('item__isnull', True)), _connector='OR'), name='decision_of_a_meeting_has_its_item'), models.CheckConstraint(condition=models.Q(('capacity', 'committee'), ('is_impartial', True), _connector='OR'), name='who_decides_alone_is_impartial')],
                    },
                ),
                migrations.CreateModel(
                    name='Dissent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dissents', to='meetings.agendaitem')),
                        ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dissents', to='meetings.attendance')),
                        ('kind', models.CharField(choices=[('dissent', 'Dissent'), ('reservation', 'Reservation')], max_length=20)),
                        ('text', models.TextField(max_length=2000, verbose_name='reason')),
                        ('noted_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('item', 'attendance'), name='one_dissent_an_item')],
                    },
                ),
                migrations.CreateModel(
                    name='Meeting',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='committees.committee')),
                        ('starts_at', models.DateTimeField(verbose_name='starts')),
                        ('ends_at', models.DateTimeField(verbose_name='ends')),
                        ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                        ('link', models.URLField(blank=True, max_length=500, verbose_name='video link')),
                        ('state', models.CharField(choices=[('planned', 'Planned'), ('called', 'Called'), ('held', 'Held'), ('in_review', 'Minutes in review'), ('approved', 'Minutes approved'), ('confirmed', 'Minutes confirmed'), ('cancelled', 'Cancelled')], default='planned', max_length=20)),
                        ('cancelled_because', models.CharField(blank=True, max_length=300)),
                        ('year', models.PositiveSmallIntegerField(null=True)),
                        ('number', models.PositiveSmallIntegerField(null=True)),
                        ('opened_at', models.DateTimeField(null=True)),
                        ('closed_at', models.DateTimeField(null=True)),
                        ('led_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('case_number', models.CharField(blank=True, max_length=60, verbose_name='case number')),
                        ('kle_number', models.CharField(blank=True, max_length=20, verbose_name='KLE number')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('sequence', models.PositiveIntegerField(default=0)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'ordering': ['starts_at', 'pk'],
                        'indexes': [models.Index(fields=['ends_at'], name='meetings_me_ends_at_54f047_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='meeting_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('committee', 'starts_at'), name='one_meeting_at_a_time'), models.UniqueConstraint(fields=('committee', 'year', 'number'), name='meeting_number_once'), models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'cancelled']), models.Q(('number__isnull', False), ('year__isnull', False)), _connector='OR'), name='called_meeting_has_a_number')],
                    },
                ),
                migrations.CreateModel(
                    name='Minutes',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='minutes', to='meetings.meeting')),
                        ('sent_at', models.DateTimeField()),
                        ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('review_until', models.DateField(verbose_name='comments no later than')),
                        ('presented_at', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='presents_minutes', to='meetings.agendaitem')),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name_plural': 'minutes',
                        'ordering': ['meeting__starts_at'],
                    },
                ),
                migrations.CreateModel(
                    name='Proceedings',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('security', models.CharField(blank=True, choices=[('stronger', 'Stronger'), ('unchanged', 'Unchanged'), ('weaker', 'Weaker')], max_length=10, verbose_name='Security')),
                        ('security_text', models.CharField(blank=True, max_length=500)),
                        ('usability', models.CharField(blank=True, choices=[('easier', 'Easier'), ('unchanged', 'Unchanged'), ('harder', 'Harder')], max_length=10, verbose_name='Usability')),
                        ('usability_text', models.CharField(blank=True, max_length=500)),
                        ('economy', models.CharField(blank=True, choices=[('saves', 'Saves money'), ('neutral', 'Costs nothing more'), ('costs', 'Costs money')], max_length=10, verbose_name='Economy')),
                        ('economy_text', models.CharField(blank=True, max_length=500)),
                        ('proportion', models.CharField(blank=True, choices=[('fitting', 'In proportion to the threat'), ('more', 'More than the threat demands'), ('less', 'Less than the threat demands')], max_length=10, verbose_name='Proportion to the threat')),
                        ('proportion_text', models.CharField(blank=True, max_length=500)),
                        ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='proceedings', to='meetings.agendaitem')),
                        ('discussion', models.TextField(blank=True, verbose_name='discussion')),
                        ('outcome', models.CharField(blank=True, choices=[('approved', 'Approved'), ('with_changes', 'Approved with changes'), ('rejected', 'Rejected'), ('deferred', 'Deferred'), ('noted', 'Taken note')], max_length=20, verbose_name='outcome')),
                        ('decision', models.TextField(blank=True, verbose_name='decision')),
                        ('not_discussed', models.BooleanField(default=False, verbose_name='not discussed')),
                        ('versions', models.JSONField(default=dict)),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name_plural': 'proceedings',
                        'constraints': [models.CheckConstraint(condition=models.Q(('not_discussed', False), ('outcome', ''), _connector='OR'), name='not_discussed_has_no_outcome')],
                    },
                ),
                migrations.CreateModel(
                    name='Review',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='meetings.minutes')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('minutes', 'person'), name='one_review_a_person')],
                    },
                ),
            ],
        ),
    ]
