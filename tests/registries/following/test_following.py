"""Following records and topics: consent, the letter of the week, and leaving."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone

from irtysh.accounts.actions import erase_account
from irtysh.accounts.models import Letter, User
from irtysh.registries.following import actions
from irtysh.registries.following.changes import Topic, UnknownTopic, changed
from irtysh.registries.following.digests import send_digests
from irtysh.registries.following.models import Follow, Subscription
from irtysh.registries.records.actions import write

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
NAME = {"ru": "Форум «Новый»", "kk": "«Жаңа» форумы", "en": "The New Forum"}


class Broken(BaseEmailBackend):
    """A server of letters that is out of order."""

    def send_messages(self, messages):
        raise OSError("no connection")


@pytest.fixture
def person(db):
    return User.objects.create_user("ainur", "ainur@example.org", "x", language="kk")


@pytest.fixture
def week(django_capture_on_commit_callbacks):
    """Send the letters of the week that a day is in; return them."""

    def send(day=MONDAY):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            send_digests(day)
        return list(mail.outbox)

    return send


def an_event(code="new-forum", **more):
    document = {
        "id": code, "kind": "forum", "name": NAME, "status": "planned", "start": "2027-05-01",
        "territories": ["KZ-55"], **more,
    }  # fmt: skip
    return write(register="events", document=document, by=None)


def subscribed(email="reader@example.org", language="ru", **topic):
    return Subscription.objects.create(email=email, language=language, **topic)


class TestTopics:
    def test_a_territory_covers_what_lies_in_it(self, portal):
        an_event()
        found = {one.code for one in changed(Topic(territory="KZ", register="events"))}
        assert "new-forum" in found
        assert "new-forum" not in {one.code for one in changed(Topic(territory="KZ-59"))}

    def test_a_series_and_its_events(self, portal):
        write(register="series", document={"id": "s", "kind": "forum", "name": NAME}, by=None)
        an_event(series="s")
        an_event("another")
        found = {(one.register, one.code) for one in changed(Topic(series="s"))}
        assert found == {("series", "s"), ("events", "new-forum")}

    @pytest.mark.parametrize(
        "query",
        [{"theme": "zz"}, {"territory": "XX"}, {"register": "accounts"}, {"series": "nothing"}],
    )
    def test_what_the_portal_does_not_have_is_refused(self, portal, query):
        with pytest.raises(UnknownTopic):
            Topic.from_query(query)


class TestConsent:
    def test_nothing_is_kept_before_the_link_is_used(
        self, portal, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            actions.ask_to_subscribe(
                email="Reader@example.org", language="kk", topic=Topic(theme="trade")
            )
        assert not Subscription.objects.exists()
        [letter] = mail.outbox
        assert "/kk/subscribe/confirm/" in letter.body
        assert "Сауда" in letter.body
        token = letter.body.partition("/subscribe/confirm/")[2].split("/")[0]
        for _again in range(2):
            kept = actions.confirm(token=token)
        assert Subscription.objects.count() == 1
        assert (kept.email, kept.language, kept.theme) == ("reader@example.org", "kk", "trade")

    def test_a_forged_link_keeps_nothing(self):
        with pytest.raises(actions.SubscriptionLinkNotValid):
            actions.confirm(token="eyJlbWFpbCI6Im1lIn0:1:x")

    def test_a_link_to_stop_is_no_link_to_confirm(self):
        token = actions.stop_token(subscribed())
        with pytest.raises(actions.SubscriptionLinkNotValid):
            actions.confirm(token=token)

    @pytest.mark.parametrize(
        "values", [{"email": ""}, {"email": "a@example.org", "language": "de"}]
    )
    def test_the_database_wants_a_reader_and_a_language(self, values):
        with pytest.raises(IntegrityError), transaction.atomic():
            Subscription.objects.create(**{"language": "ru", **values})

    def test_the_database_keeps_one_of_a_kind(self, person):
        subscribed(theme="trade")
        with pytest.raises(IntegrityError), transaction.atomic():
            subscribed(theme="trade")
        Subscription.objects.create(user=person, theme="trade")
        with pytest.raises(IntegrityError), transaction.atomic():
            Subscription.objects.create(user=person, theme="trade")


class TestTheLetter:
    def test_it_tells_what_is_new_once_in_the_language_of_the_reader(self, portal, week):
        subscribed(language="kk", register="events")
        assert week() == []
        an_event()
        [letter] = week()
        assert letter.to == ["reader@example.org"]
        assert NAME["kk"] in letter.body
        assert "/kk/events/new-forum/" in letter.body
        assert week() == []
        assert week(MONDAY + timedelta(days=7)) == []

    def test_it_comes_once_a_week(self, portal, week):
        subscribed(register="events")
        an_event()
        assert len(week(MONDAY)) == 1
        an_event("second-forum")
        assert week(MONDAY + timedelta(days=6)) == []
        [letter] = week(MONDAY + timedelta(days=7))
        assert "/events/second-forum/" in letter.body
        assert "/events/new-forum/" not in letter.body

    def test_other_topics_say_nothing(self, portal, week):
        subscribed(register="guides")
        subscribed(territory="KZ-59")
        an_event()
        assert week() == []

    def test_a_record_of_two_topics_is_named_once(self, portal, week):
        subscribed(register="events")
        subscribed(territory="KZ")
        an_event()
        [letter] = week()
        assert letter.body.count("/events/new-forum/") == 1

    def test_a_letter_that_failed_is_made_up_for(self, portal, week, settings):
        subscribed(register="events")
        an_event()
        working = settings.EMAIL_BACKEND
        settings.EMAIL_BACKEND = f"{__name__}.Broken"
        assert week() == []
        assert Letter.objects.get().state == "failed"
        settings.EMAIL_BACKEND = working
        assert len(week()) == 1

    def test_followed_records(self, portal, week, person):
        record = an_event()
        actions.follow(person, "events", "new-forum")
        assert week() == []
        an_event(online=True)
        [letter] = week()
        assert letter.to == ["ainur@example.org"]
        assert "/kk/events/new-forum/" in letter.body
        assert list(actions.followers(record)) == [person]
        actions.unfollow(person, "events", "new-forum")
        assert not actions.followers(record).exists()

    def test_what_is_not_there_cannot_be_followed(self, portal, person):
        with pytest.raises(actions.NothingToFollow):
            actions.follow(person, "events", "nothing")


class TestLeaving:
    def test_the_letter_says_how_and_nothing_remains(self, portal, week, client):
        subscribed(register="events")
        subscribed(theme="trade")
        an_event()
        [letter] = week()
        assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        address = letter.extra_headers["List-Unsubscribe"].strip("<>")
        assert address in letter.body
        path = "/" + address.split("/", 3)[3]
        assert client.get(path).status_code == 200
        assert Subscription.objects.count() == 2, "a link that is only opened ends nothing"
        done = client.post(path, {"List-Unsubscribe": "One-Click"})
        assert done.status_code == 200
        assert not Subscription.objects.exists()
        assert "reader@example.org" not in done.content.decode()

    def test_one_of_several(self, client):
        kept, gone = subscribed(register="events"), subscribed(theme="trade")
        path = f"/ru/unsubscribe/{actions.stop_token(kept)}/"
        client.post(path, {"subscription": gone.pk})
        assert list(Subscription.objects.all()) == [kept]

    def test_nobody_ends_the_subscriptions_of_another(self, client):
        mine, other = subscribed(), subscribed(email="other@example.org")
        client.post(f"/ru/unsubscribe/{actions.stop_token(mine)}/", {"subscription": other.pk})
        client.post(f"/ru/unsubscribe/{actions.stop_token(mine)}/")
        assert list(Subscription.objects.all()) == [other]

    def test_a_person_keeps_the_list_but_gets_no_letters(self, portal, week, person):
        an_event()
        actions.follow(person, "events", "new-forum")
        actions.subscribe(user=person, topic=Topic(register="events"))
        actions.stop_all(token=actions.stop_token(user=person))
        an_event(online=True)
        assert week() == []
        assert actions.follows(person, "events", "new-forum")

    def test_an_erased_account_takes_everything_along(self, portal, person):
        an_event()
        actions.follow(person, "events", "new-forum")
        actions.subscribe(user=person, topic=Topic())
        erase_account(user=person, by=person)
        assert not Follow.objects.exists()
        assert not Subscription.objects.exists()


class TestPages:
    def test_a_visitor_subscribes_and_confirms(
        self, portal, client, django_capture_on_commit_callbacks
    ):
        from irtysh.accounts.public_forms import signed_now

        form = {"email": "me@example.org", "theme": "trade", "opened_at": signed_now(60)}
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post("/en/subscribe/", form).status_code == 200
        path = "/en/subscribe/confirm/" + mail.outbox[-1].body.partition("/confirm/")[2].split()[0]
        assert client.get(path).status_code == 200
        assert not Subscription.objects.exists()
        assert client.post(path).status_code == 200
        assert Subscription.objects.get().theme == "trade"

    def test_a_program_is_kept_out(self, portal, client):
        form = {"email": "me@example.org", "homepage": "http://spam.example"}
        assert client.post("/en/subscribe/", form).status_code == 422
        assert not mail.outbox

    def test_a_person_with_an_account(self, portal, client, person):
        client.force_login(person)
        assert client.post("/ru/subscribe/", {"register": "events"}).status_code == 302
        kept = Subscription.objects.get()
        assert (kept.user, kept.email) == (person, "")
        page = client.get("/ru/subscribe/")
        assert "no-cache" in page.headers["Cache-Control"]
        client.post(f"/ru/subscribe/stop/{kept.pk}/")
        assert not Subscription.objects.exists()

    def test_following_asks_to_sign_in(self, portal, client, person):
        an_event()
        path = "/ru/follow/events/new-forum/"
        assert client.get(path).headers["Location"].startswith("/ru/account/sign-in/")
        client.force_login(person)
        client.post(path)
        assert actions.follows(person, "events", "new-forum")
        client.post(path, {"stop": "1"})
        assert not actions.follows(person, "events", "new-forum")
        assert client.get("/ru/follow/events/nothing/").status_code == 404

    def test_a_bad_link_is_said_in_words(self, portal, client):
        for path in ("subscribe/confirm/x/", "unsubscribe/x/"):
            page = client.get(f"/kk/{path}")
            assert page.status_code == 410
            assert "Сілтеме жарамсыз" in page.content.decode()


def test_a_subscription_begins_now(portal):
    an_event()
    kept = subscribed(register="events")
    assert kept.told_until <= timezone.now()
    assert not changed(kept.topic, kept.told_until).exists()
