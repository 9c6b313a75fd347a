"""Forms of a network's own matters, for its coordinators."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.models import Network
from network.models.network_life import Meeting, NetworkDocument, PathwayStep, ReviewAnswer
from network.policy import EntryCard


class MeetingForm(forms.ModelForm):
    class Meta:
        model = Meeting
        fields = ("title", "starts", "online", "note")
        widgets = {"starts": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")}


class DocumentForm(forms.ModelForm):
    class Meta:
        model = NetworkDocument
        fields = ("title", "link", "text")


class PathwayForm(forms.ModelForm):
    """Who fills a role is chosen among the people of the network that the coordinator sees."""

    filled_by = forms.ChoiceField(label=_("Who fills it now"), required=False)

    class Meta:
        model = PathwayStep
        fields = ("position", "stage", "role", "does")

    def __init__(self, *args: Any, roster: Iterable[EntryCard] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(card.public_id, card.title) for card in roster]
        field: Any = self.fields["filled_by"]
        field.choices = [("", _("nobody: a gap")), *people]
        stage: Any = self.fields["stage"]
        stage.empty_label = _("Choose one")


class PartnerForm(forms.Form):
    network = forms.ModelChoiceField(
        Network.objects.none(), label=_("Network to ask"), empty_label=_("Choose a network")
    )

    def __init__(self, *args: Any, asking: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["network"]
        field.queryset = Network.objects.exclude(pk=asking.pk).exclude(pk__in=asking.partners.all()).order_by("name")


class AnswerForm(forms.ModelForm):
    """One topic of the self-review."""

    class Meta:
        model = ReviewAnswer
        fields = ("state", "gap", "owner", "due")
        widgets = {"due": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, data: Any, *, topic: str, answer: ReviewAnswer | None = None) -> None:
        super().__init__(data, instance=answer or ReviewAnswer(topic=topic), prefix=topic)
        self.title = ReviewAnswer.Topic(topic).label


def answer_forms(data: Any, there: Mapping[str, ReviewAnswer]) -> list[AnswerForm]:
    """One form for each topic, filled with the answers there are."""
    return [AnswerForm(data, topic=topic, answer=there.get(topic)) for topic in ReviewAnswer.Topic.values]
