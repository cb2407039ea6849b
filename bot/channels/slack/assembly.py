"""Build the Slack channel, and the posts that owners' channels make there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.channels import Quota
from bot.channels.slack.case_file.caller_details import CallerDetails
from bot.channels.slack.case_file.case_files import CaseFiles
from bot.channels.slack.case_file.follow_dates import FollowDates
from bot.channels.slack.channel import SlackChannel
from bot.channels.slack.desk.desk import Desk
from bot.channels.slack.desk.posts import DeskPosts
from bot.channels.slack.desk.receipts import draw_receipts
from bot.channels.slack.desk.reply_sender import ReplySender
from bot.channels.slack.home.home import Home, HomeSources
from bot.channels.slack.interview.apologies import Apologies
from bot.channels.slack.interview.interview import Interview
from bot.channels.slack.knowledge.amendment_service import AmendmentService
from bot.channels.slack.knowledge.answer_review import gather_review
from bot.channels.slack.knowledge.corrections import Corrections
from bot.channels.slack.knowledge.phone_numbers import PhoneNumbers
from bot.channels.slack.knowledge.proposals import list_examples, propose_same
from bot.channels.slack.knowledge.question_lists import Labels, QuestionLists
from bot.channels.slack.knowledge.repair import Repair
from bot.channels.slack.knowledge.trouble_labels import NAME as TROUBLE
from bot.channels.slack.knowledge.trouble_labels import make_trouble_question
from bot.channels.slack.parts import Part, StaffWork
from bot.channels.slack.queue.case_moves import CaseMoves, make_return_handler
from bot.channels.slack.queue.desk_moves import DeskMoves
from bot.channels.slack.replies.composing import Composing
from bot.channels.slack.replies.form_sending import FormSending
from bot.channels.slack.replies.later_sending import make_later_handler
from bot.channels.slack.replies.saved_replies import SavedReplies
from bot.channels.slack.settings.desk_settings import DeskSettings
from bot.channels.slack.settings.policy_changes import PolicyChanges
from bot.channels.slack.settings.regions import RegionSettings
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.staff_directory import StaffDirectory
from bot.model.turn import Context
from bot.runtime.advisor import Advisor
from bot.runtime.conversation_service import ConversationService
from bot.runtime.event_journal import EventJournal
from bot.runtime.library_cache import LibraryCache
from bot.runtime.policy_cache import PolicyCache
from bot.settings import SlackSettings

__all__ = ["assemble_channel", "draw_receipts", "make_desk_posts"]


def make_desk_posts(
    settings: SlackSettings, context: Callable[[datetime], Context]
) -> DeskPosts | None:
    """Make the posts of owners' turns for the desk.

    None where no channel for the desk is set.
    """
    return DeskPosts(settings.desk_channel, context) if settings.desk_channel else None


def assemble_channel(  # noqa: PLR0913 - what it is put together from
    settings: SlackSettings,
    advisor: Advisor,
    conversations: ConversationService,
    library_cache: LibraryCache,
    *,
    policies: PolicyCache,
    quota: Callable[[], Awaitable[Quota | None]] | None,
    journal: EventJournal | None = None,
) -> SlackChannel:
    """Build the channel with its parts.

    `advisor` answers staff and so has no desk; `conversations` are those of owners; `library_cache` holds what staff
    repair, `policies` what the desk has set; `quota` asks LINE how many messages are left, None where LINE is off; `journal` is told what
    is worked on.
    """
    store, deliver_now = conversations.store, conversations.deliver_now
    client, programme = Client(settings), advisor.programme
    staff = StaffDirectory(
        client,
        *filter(None, [settings.desk_channel]),
        more=policies.list_region_desks,
    )
    lists = QuestionLists(
        store,
        settings.desk_channel,
        deliver_now,
        conversations.clock,
        lambda now: gather_review(store, library_cache.library, now),
        Labels(
            {name: each.title for name, each in programme.questions.items()},
            lambda said, asked: propose_same(
                said,
                asked,
                list_examples(programme.examples, programme.taught),
                library_cache.library.faq.entries,
            ),
        ),
    )
    taught = {**programme.taught, TROUBLE: make_trouble_question(programme)}
    amendments = AmendmentService(conversations, library_cache, staff, lists, taught)
    repair = Repair(store, library_cache, client, lists, amendments)
    apologies = Apologies(store, advisor, settings.desk_channel, deliver_now, conversations.clock)
    sources = HomeSources(
        quota,
        advisor.library,
        advisor.programme,
        has_desk=bool(settings.desk_channel),
    )
    home = Home(store, client, sources, deliver_now, conversations.clock)
    parts: list[Part] = [
        repair,
        PhoneNumbers(library_cache, client, amendments),
        Corrections(library_cache, client, amendments),
        # The interview takes every command that no other part wants.
        Interview(store, advisor, deliver_now, staff.find_name, conversations.clock),
        CallerDetails(store, client, deliver_now, conversations.clock),
        home,
    ]
    moves = DeskMoves(conversations, client, settings.desk_channel)
    if settings.desk_channel:
        only_notes = settings.only_notes
        sender = ReplySender(conversations, staff)
        form_sending = FormSending(conversations, client, staff, sender)
        changes = PolicyChanges(
            store=store,
            client=client,
            staff=staff,
            policies=policies,
            channel=settings.desk_channel,
            deliver_now=deliver_now,
            clock=conversations.clock,
        )
        parts += [
            CaseFiles(conversations, client),
            FollowDates(conversations, client),
            Composing(conversations, client, sender, form_sending),
            CaseMoves(conversations, client, staff, sender, home.schedule_publish),
            moves,
            changes,
            DeskSettings(client, changes),
            RegionSettings(client, changes),
            SavedReplies(store, client, conversations.clock),
            Desk(settings.desk_channel, conversations, client, sender, only_notes=only_notes),
        ]
    timers = {
        "region": moves.take_to_region,
        "later": make_later_handler(conversations),
        "return": make_return_handler(conversations),
    }
    work = StaffWork(parts, apologies, lists, repair.open_forms, timers)
    return SlackChannel(settings, store, client, staff, work, journal)
